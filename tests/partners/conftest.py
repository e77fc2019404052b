from tests.partners.ground import make_key, register

__all__ = ["make_key", "register"]
