"""Jobs of a worker that was killed: without this they would count as running for ever, and keep their locks."""

from procrastinate import JobContext
from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status


@app.periodic(cron="* * * * *")
@app.task(queueing_lock="retry_stalled_jobs", pass_context=True)
async def retry_stalled_jobs(context: JobContext, timestamp: int) -> int:
    """Every minute: jobs whose worker gave no sign of life for half a minute are done again. Returns how many."""
    manager = context.app.job_manager
    stalled = list(await manager.get_stalled_jobs())
    for job in stalled:
        try:
            await manager.retry_job(job)
        except UniqueViolation:
            # Its next run is waiting already, and does what this one left.
            await manager.finish_job(job, status=Status.ABORTED, delete_job=True)
    return len(stalled)
