"""Vendors behind Protocols: what Thread asks of a CRM or a mailer, and who answers."""
