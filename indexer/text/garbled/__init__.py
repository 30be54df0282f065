"""Detection of pages whose text is not what they show."""
