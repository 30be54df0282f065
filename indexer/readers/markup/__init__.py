"""Readers of XML, and of packages of XML drawings and pages: Visio and XPS."""
