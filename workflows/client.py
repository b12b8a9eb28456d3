"""How Thread talks to Temporal: one way to connect, and typed handles on the workflows."""

import dataclasses
from typing import Any
from uuid import UUID

from temporalio.client import Client, WorkflowHandle
from temporalio.common import WorkflowIDReusePolicy
from temporalio.contrib.pydantic import pydantic_data_converter
from temporalio.converter import DataConverter, DefaultFailureConverterWithEncodedAttributes, PayloadCodec
from temporalio.exceptions import WorkflowAlreadyStartedError
from temporalio.service import GrpcCompression

from domain.messages import ACCOUNT_WORKFLOW, AccountStart, account_workflow_id
from settings import Settings
from workflows.visibility import at_start


def data_converter(codec: PayloadCodec | None = None) -> DataConverter:
    """Pydantic models as JSON, failures included, through `codec` where one is given (none: payloads stay readable)."""
    return dataclasses.replace(
        pydantic_data_converter,
        payload_codec=codec,
        failure_converter_class=DefaultFailureConverterWithEncodedAttributes,
    )


async def connect(settings: Settings, *, lazy: bool = False) -> Client:
    """A client of the configured server; `lazy` connects with the first call."""
    return await Client.connect(
        settings.temporal_address,
        namespace=settings.temporal_namespace,
        data_converter=data_converter(),
        grpc_compression=GrpcCompression.NONE,
        lazy=lazy,
    )


def account_handle(client: Client, org_id: UUID, account_id: UUID) -> WorkflowHandle[Any, Any]:
    """The account's workflow, whichever of its runs is open."""
    return client.get_workflow_handle(account_workflow_id(org_id, account_id))


async def start_account(client: Client, start: AccountStart, *, task_queue: str, company_name: str) -> None:
    """Start the account's workflow; doing it again changes nothing."""
    try:
        await client.start_workflow(
            ACCOUNT_WORKFLOW,
            start,
            id=account_workflow_id(start.org_id, start.account_id),
            task_queue=task_queue,
            id_reuse_policy=WorkflowIDReusePolicy.REJECT_DUPLICATE,
            search_attributes=at_start(org_id=start.org_id, account_id=start.account_id, csm_id=start.csm_id),
            static_summary=f"Onboarding of {company_name}",
        )
    except WorkflowAlreadyStartedError:
        return
