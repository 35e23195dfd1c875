"""Talk to a service that speaks Microsoft Graph, and keep every exchange for the report."""
