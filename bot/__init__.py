"""What does a good secretary know? Pure rules and values: values in, values out, no other room of ours imported."""
