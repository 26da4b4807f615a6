from interop.app import app

__all__ = ["app"]
