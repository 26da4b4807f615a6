"""Measures this project, Celery's own backends and a C program on libmariadb in turns, in one run."""
