# What is wrong with a request before the service is asked.
