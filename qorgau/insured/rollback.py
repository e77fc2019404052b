"""Going back to the register as it was before the last load."""

from django.db import transaction

from qorgau.insured.loading import generations
from qorgau.insured.models import Load
from qorgau.rules.problems import Problem
from qorgau.rules.sentences import N_, Sentence


def roll_back() -> Load:
    """Take the last load back, in one moment; the load that was taken back. Raises Problem when there is none kept."""
    try:
        with transaction.atomic():
            generations.lock()
            done = Load.objects.filter(state=Load.SERVING)
            last = done.first()
            if last is None:
                raise Problem(Sentence(N_("Nothing was loaded that could be rolled back.")))
            generations.take_back(last)
            generations.serve(done.exclude(pk=last.pk).first())
            last.state = Load.ROLLED_BACK
            last.save(update_fields=["state"])
    except generations.NoLongerKept:
        raise Problem(
            Sentence(N_("What the register was before that load is not kept any more. Please load that file again."))
        ) from None
    except (generations.AnotherRuns, generations.StillRead):
        raise Problem(
            Sentence(N_("The register is being loaded or read by others right now. Please try again in some minutes."))
        ) from None
    return last
