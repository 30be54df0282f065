"""Readers of Office files of before 2007, and the properties of OLE files."""
