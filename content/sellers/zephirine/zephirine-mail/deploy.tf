# Zéphirine Mail: one VM with its data disk, its security group and its public IP.
# Credentials come from OSC_ACCESS_KEY and OSC_SECRET_KEY, the Region from OSC_REGION:
# the variable "region" must name the same one.

terraform {
  required_version = ">= 1.6"
  required_providers {
    outscale = {
      source  = "outscale/outscale"
      version = "~> 1.3"
    }
  }
}

variable "region" {
  type    = string
  default = "cloudgouv-eu-west-1"
}

variable "image_id" {
  type        = string
  description = "OMI of Zéphirine Mail in the chosen Region: see the product page."
}

variable "vm_type" {
  type    = string
  default = "tinav6.c4r8p2"
}

variable "keypair_name" {
  type = string
}

variable "admin_cidr" {
  type        = string
  description = "Addresses that may connect with SSH, for example 192.0.2.0/24."
}

variable "data_disk_gib" {
  type    = number
  default = 2048
}

locals {
  public_ports = toset(["25", "443", "465", "993"])
}

resource "outscale_security_group" "mail" {
  security_group_name = "zephirine-mail"
  description         = "Zephirine Mail"
}

resource "outscale_security_group_rule" "public" {
  for_each          = local.public_ports
  flow              = "Inbound"
  security_group_id = outscale_security_group.mail.security_group_id
  ip_protocol       = "tcp"
  from_port_range   = each.value
  to_port_range     = each.value
  ip_range          = "0.0.0.0/0"
}

resource "outscale_security_group_rule" "ssh" {
  flow              = "Inbound"
  security_group_id = outscale_security_group.mail.security_group_id
  ip_protocol       = "tcp"
  from_port_range   = "22"
  to_port_range     = "22"
  ip_range          = var.admin_cidr
}

resource "outscale_vm" "mail" {
  image_id                 = var.image_id
  vm_type                  = var.vm_type
  keypair_name             = var.keypair_name
  placement_subregion_name = "${var.region}a"
  security_group_ids       = [outscale_security_group.mail.security_group_id]

  block_device_mappings {
    device_name = "/dev/sdb"
    bsu {
      volume_size           = var.data_disk_gib
      volume_type           = "gp2"
      delete_on_vm_deletion = false
    }
  }

  tags {
    key   = "name"
    value = "zephirine-mail"
  }
}

resource "outscale_public_ip" "mail" {}

resource "outscale_public_ip_link" "mail" {
  vm_id     = outscale_vm.mail.vm_id
  public_ip = outscale_public_ip.mail.public_ip
}

output "public_ip" {
  value = outscale_public_ip.mail.public_ip
}
