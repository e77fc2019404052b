"""The certificate of participation and of the sums paid: asked for, made by the worker, kept for a day, proved by hash.

    certificate = request_certificate(iin, period, "kk", timezone.now(), who="portal")     # order.py
    ...                                                                                    # the worker: making.py
    pdf = kept.read(certificate.stored_as)                                                 # while it is kept
    issued("A26-0001234-9")                                                                # for whoever was shown it

What a certificate tells is for the person alone: whoever calls `request_certificate` has made sure who asks.
"""
