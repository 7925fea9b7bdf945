# Bastion Starter 2.1.0: one bastion in a public Subnet of an existing Net.
# Credentials come from the environment: OSC_ACCESS_KEY and OSC_SECRET_KEY.

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
  description = "Region of the Net."
  type        = string
  default     = "cloudgouv-eu-west-1"

  validation {
    condition     = contains(["cloudgouv-eu-west-1", "eu-west-2"], var.region)
    error_message = "Bastion Starter is published in cloudgouv-eu-west-1 and eu-west-2."
  }
}

variable "net_id" {
  description = "ID of the Net that holds the bastion."
  type        = string
}

variable "subnet_id" {
  description = "ID of a Subnet with a route to an Internet service."
  type        = string
}

variable "subregion" {
  description = "Subregion of the Subnet, such as cloudgouv-eu-west-1a."
  type        = string
}

variable "keypair_name" {
  description = "Keypair of the outscale account, used to enrol the first administrator."
  type        = string
}

variable "admin_ranges" {
  description = "Public ranges that may reach the bastion, in CIDR notation."
  type        = set(string)
}

variable "target_ranges" {
  description = "Private ranges that administrators may reach through the bastion."
  type        = list(string)
}

variable "ssh_ca" {
  description = "Public key of your SSH authority."
  type        = string
}

variable "recordings_bucket" {
  description = "Bucket that receives the recorded sessions."
  type        = string
}

variable "age_recipient" {
  description = "Public age key that encrypts the recordings."
  type        = string
}

variable "vm_type" {
  description = "VM type: tinav6.c1r2p2 suits up to 10 simultaneous sessions."
  type        = string
  default     = "tinav6.c1r2p2"
}

locals {
  images = {
    "cloudgouv-eu-west-1" = "ami-4dd918ad"
    "eu-west-2"           = "ami-4dac928e"
  }

  config = {
    data_volume = "/dev/xvdb"
    ssh_ca      = var.ssh_ca
    targets     = var.target_ranges
    recordings = {
      bucket        = "s3://${var.recordings_bucket}"
      age_recipient = var.age_recipient
    }
  }
}

provider "outscale" {
  region = var.region
}

resource "outscale_security_group" "bastion" {
  security_group_name = "bastion-starter"
  description         = "SSH to the bastion from the administrators' ranges"
  net_id              = var.net_id
}

resource "outscale_security_group_rule" "ssh" {
  for_each = var.admin_ranges

  flow              = "Inbound"
  security_group_id = outscale_security_group.bastion.security_group_id
  ip_protocol       = "tcp"
  from_port_range   = "22"
  to_port_range     = "22"
  ip_range          = each.value
}

resource "outscale_vm" "bastion" {
  image_id           = local.images[var.region]
  vm_type            = var.vm_type
  keypair_name       = var.keypair_name
  subnet_id          = var.subnet_id
  security_group_ids = [outscale_security_group.bastion.security_group_id]

  user_data = base64encode(join("\n", ["#cloud-config", yamlencode({
    write_files = [{
      path        = "/etc/bastion-starter/config.yaml"
      permissions = "0600"
      content     = yamlencode(local.config)
    }]
    runcmd = [["bastion-starter", "apply"]]
  })]))

  tags {
    key   = "name"
    value = "bastion-starter"
  }
}

# The signing key and the recordings not yet sent outlive the VM.
resource "outscale_volume" "data" {
  subregion_name = var.subregion
  volume_type    = "gp2"
  size           = 10

  tags {
    key   = "name"
    value = "bastion-starter-data"
  }
}

resource "outscale_volume_link" "data" {
  device_name = "/dev/xvdb"
  volume_id   = outscale_volume.data.volume_id
  vm_id       = outscale_vm.bastion.vm_id
}

resource "outscale_public_ip" "bastion" {}

resource "outscale_public_ip_link" "bastion" {
  public_ip = outscale_public_ip.bastion.public_ip
  vm_id     = outscale_vm.bastion.vm_id
}

output "public_ip" {
  description = "Address of the bastion."
  value       = outscale_public_ip.bastion.public_ip
}
