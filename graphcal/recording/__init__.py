"""Read, check and play recordings of exchanges."""
