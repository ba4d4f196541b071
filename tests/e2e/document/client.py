"""An agent's first steps with the client that openapi-python-client makes. Prints the task's id and status."""

import sys
from datetime import datetime, timedelta, timezone

from humanops_client import AuthenticatedClient, Client, models
from humanops_client.api.agents import deposit_usdc, get_balance, register_agent
from humanops_client.api.tasks import create_task

base = sys.argv[1]
with Client(base, raise_on_unexpected_status=True) as nobody:
    agent = register_agent.sync(client=nobody, body=models.RegisterAgent(name="my-agent", email="agent@example.com"))

with AuthenticatedClient(base, token=agent.api_key, prefix="", auth_header_name="X-API-Key") as client:
    deposit_usdc.sync(client=client, body=models.DepositUsdc(tx_hash="0xabc...def", amount_usdc="100.00"))
    task = create_task.sync(client=client, body=models.CreateTask(
        title="Assess a product page",
        description="Is the description of example.com/p/1 accurate?",
        reward_usd=25,
        deadline=datetime.now(timezone.utc) + timedelta(days=2),
        proof_requirements=["A verdict with one reason"],
        task_type=models.TaskType.CONTENT_REVIEW,
    ))
    balance = get_balance.sync(client=client)
    print(task.task_id, task.status, balance.deposit_balance, balance.escrow_balance)
