"""The HTML report: what it shows (view), how that is written (markup, parts), and its sections."""
