"""What lies behind the shim's names: tensors of Python floats, rounded after every operation. Nothing of it is in torch."""
