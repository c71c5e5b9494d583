"""The service over HTTP: parse, call the service, return."""
