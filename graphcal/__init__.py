"""Judge whether a Microsoft Graph calendar behaves as shared and delegated calendars are documented to."""

__version__ = "0.1.0"
