"""What people do: one class per activity, one transaction per method."""
