# Perlune VPN Gateway: one gateway in a Subnet that already exists.
# The Subnet needs a route to an Internet service.

terraform {
  required_version = ">= 1.6"
  required_providers {
    outscale = {
      source  = "outscale/outscale"
      version = "~> 1.0"
    }
  }
}

variable "omi_id" {
  description = "ID of the Perlune VPN Gateway OMI in your Region"
  type        = string
}

variable "vm_type" {
  description = "VM type of the offer: Small, Medium or Large"
  type        = string
  default     = "tinav6.c4r8p2"
}

variable "net_id" {
  description = "Net that the gateway opens to sites and staff"
  type        = string
}

variable "subnet_id" {
  description = "Public Subnet of that Net"
  type        = string
}

variable "keypair_name" {
  description = "Keypair for the administrator's SSH access"
  type        = string
}

variable "admin_range" {
  description = "Addresses that may open the console and SSH"
  type        = string

  validation {
    condition     = can(cidrhost(var.admin_range, 0)) && var.admin_range != "0.0.0.0/0"
    error_message = "Give a CIDR block other than 0.0.0.0/0."
  }
}

variable "config_file" {
  description = "Path of the gateway's YAML configuration"
  type        = string
  default     = "gateway.yaml"
}

locals {
  inbound = {
    wireguard = { protocol = "udp", port = "51820", range = "0.0.0.0/0" }
    ike       = { protocol = "udp", port = "500", range = "0.0.0.0/0" }
    ipsec_nat = { protocol = "udp", port = "4500", range = "0.0.0.0/0" }
    console   = { protocol = "tcp", port = "443", range = var.admin_range }
    ssh       = { protocol = "tcp", port = "22", range = var.admin_range }
  }
}

resource "outscale_security_group" "gateway" {
  security_group_name = "perlune-vpn"
  description         = "Perlune VPN Gateway"
  net_id              = var.net_id
}

resource "outscale_security_group_rule" "inbound" {
  for_each = local.inbound

  flow              = "Inbound"
  security_group_id = outscale_security_group.gateway.security_group_id
  ip_protocol       = each.value.protocol
  from_port_range   = each.value.port
  to_port_range     = each.value.port
  ip_range          = each.value.range
}

resource "outscale_vm" "gateway" {
  image_id               = var.omi_id
  vm_type                = var.vm_type
  keypair_name           = var.keypair_name
  subnet_id              = var.subnet_id
  security_group_ids     = [outscale_security_group.gateway.security_group_id]
  is_source_dest_checked = false
  user_data              = base64encode(file(var.config_file))

  tags {
    key   = "name"
    value = "perlune-vpn"
  }
}

resource "outscale_public_ip" "gateway" {}

resource "outscale_public_ip_link" "gateway" {
  vm_id     = outscale_vm.gateway.vm_id
  public_ip = outscale_public_ip.gateway.public_ip
}

output "console_url" {
  value = "https://${outscale_public_ip.gateway.public_ip}/"
}
