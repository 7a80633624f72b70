"""What ticketing says over HTTP, and what it takes."""
