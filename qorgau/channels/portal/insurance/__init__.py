"""What insurance is and costs, for everybody who asks."""
