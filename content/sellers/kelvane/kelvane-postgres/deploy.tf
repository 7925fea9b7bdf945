terraform {
  required_version = ">= 1.6"
  required_providers {
    outscale = {
      source  = "outscale/outscale"
      version = "~> 1.0"
    }
  }
}

variable "region" {
  description = "Region where the cluster runs."
  type        = string
  default     = "cloudgouv-eu-west-1"

  validation {
    condition     = contains(["cloudgouv-eu-west-1", "eu-west-2"], var.region)
    error_message = "Kelvane Postgres is available in cloudgouv-eu-west-1 and eu-west-2."
  }
}

variable "cluster" {
  description = "Name of the cluster, also used in the archive."
  type        = string
}

variable "subnet_id" {
  description = "Subnet of the nodes."
  type        = string
}

variable "net_id" {
  description = "Net that holds the Subnet."
  type        = string
}

variable "client_ip_range" {
  description = "Range allowed to connect to PostgreSQL, in CIDR notation."
  type        = string
}

variable "keypair_name" {
  description = "Keypair for the kelvane account."
  type        = string
}

variable "archive_bucket" {
  description = "Bucket that receives backups and transaction logs."
  type        = string
}

variable "vm_type" {
  description = "VM type of each node."
  type        = string
  default     = "tinav6.c4r16p2"
}

variable "nodes" {
  description = "1 for a single node, 2 for a pair, 3 for a cluster."
  type        = number
  default     = 3

  validation {
    condition     = contains([1, 2, 3], var.nodes)
    error_message = "Choose 1, 2 or 3 nodes."
  }
}

variable "data_size" {
  description = "Size of each data volume, in GiB."
  type        = number
  default     = 200
}

locals {
  # Kelvane Postgres 5.2.0
  images = {
    cloudgouv-eu-west-1 = "ami-1ac5b3e9"
    eu-west-2           = "ami-1ae518af"
  }
  layouts = ["single", "pair", "cluster"]
}

resource "outscale_security_group" "postgres" {
  security_group_name = "kelvane-${var.cluster}"
  description         = "Kelvane Postgres ${var.cluster}"
  net_id              = var.net_id
}

resource "outscale_security_group_rule" "clients" {
  flow              = "Inbound"
  security_group_id = outscale_security_group.postgres.security_group_id
  ip_protocol       = "tcp"
  from_port_range   = 5432
  to_port_range     = 5432
  ip_range          = var.client_ip_range
}

resource "outscale_security_group_rule" "nodes" {
  flow              = "Inbound"
  security_group_id = outscale_security_group.postgres.security_group_id

  rules {
    from_port_range = 5432
    to_port_range   = 5434
    ip_protocol     = "tcp"
    security_groups_members {
      security_group_id = outscale_security_group.postgres.security_group_id
    }
  }
}

resource "outscale_vm" "node" {
  count              = var.nodes
  image_id           = local.images[var.region]
  vm_type            = var.vm_type
  keypair_name       = var.keypair_name
  subnet_id          = var.subnet_id
  security_group_ids = [outscale_security_group.postgres.security_group_id]

  block_device_mappings {
    device_name = "/dev/xvdb"
    bsu {
      volume_size           = var.data_size
      volume_type           = "gp2"
      delete_on_vm_deletion = false
    }
  }

  user_data = base64encode(yamlencode({
    kelvane = {
      cluster = var.cluster
      layout  = local.layouts[var.nodes - 1]
      node    = count.index + 1
      archive = {
        endpoint       = "https://oos.${var.region}.outscale.com"
        bucket         = var.archive_bucket
        retention_days = 14
      }
    }
  }))

  tags {
    key   = "name"
    value = "${var.cluster}-${count.index + 1}"
  }
}

output "private_ips" {
  description = "Addresses of the nodes."
  value       = outscale_vm.node[*].private_ip
}
