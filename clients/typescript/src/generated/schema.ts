// From docs/openapi.json, by scripts/generate.mjs. Not edited by hand.

export interface paths {
    "/admin/agents/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an agent to staff, with its balances, withdrawals and latest tasks */
        get: operations["getAgentAsStaff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/disputes": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List disputed tasks */
        get: operations["listDisputes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/ledger/audit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Audit the ledger
         * @description Reads everything: for staff, not for a loop.
         */
        get: operations["auditLedger"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/operators": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List operators by the result of their identity check, earliest registration first */
        get: operations["listOperators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/operators/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show an operator to staff, with record, earnings, payouts and latest tasks */
        get: operations["getOperatorAsStaff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/operators/{id}/kyc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Record the result of an identity check */
        post: operations["setKyc"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List payouts that need a person, newest first
         * @description Those that are open and have made no step for an hour, or for three days where a provider has them; and those that could not be handled, which nobody tries any more. What failed is over: its money is back with who asked for it.
         */
        get: operations["listStuckPayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/suspense": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List deposits in suspense, newest first */
        get: operations["listSuspense"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/suspense/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /** Credit a deposit that is in suspense */
        post: operations["releaseSuspense"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a task to staff, with proof, findings, statements and what each outcome would pay
         * @description Links to photos are fresh with each answer, and work for 15 minutes.
         */
        get: operations["getTaskAsStaff"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/admin/tasks/{id}/resolve": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Resolve a dispute
         * @description RELEASE pays the operator at once and the platform its fee. REFUND gives everything back to the agent. SPLIT gives the operator `operator_share_bps` of the reward, the platform the same share of the fee, the agent the rest.
         */
        post: operations["resolveDispute"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/balance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show deposit and escrow balances */
        get: operations["getBalance"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/deposit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Add funds by card or bank transfer
         * @description Through dLocal, where the deployment has it. In test mode the funds are there at once; else 202, and the payer goes on at `redirect_url`.
         */
        post: operations["depositFiat"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/deposit-address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the agent's deposit address on Base */
        get: operations["getDepositAddress"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/deposit/status": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the status of a fiat payment */
        get: operations["getDepositStatus"];
        put?: never;
        /**
         * Check the status of a fiat payment
         * @description The same as GET.
         */
        post: operations["getDepositStatusByPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/deposit/usdc": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Confirm a USDC deposit on Base
         * @description Send USDC to the agent's deposit address, then the transaction's hash here. A hash is credited once; the same request again gives the same answer. In test mode the funds are there at once. On a chain, 202 and `pending` says that it is not final enough yet: it is credited without another call, as is a deposit that nobody confirms. `held` says that staff are to look at it.
         */
        post: operations["depositUsdc"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/deposits": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List credited deposits
         * @description What was taken back, by a reorganisation of the chain or by a chargeback, is a line of its own.
         */
        get: operations["listDeposits"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/keys": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List active API keys */
        get: operations["listApiKeys"];
        put?: never;
        /**
         * Generate an additional API key
         * @description An agent has at most 20 active keys. The key is shown once, in this answer.
         */
        post: operations["createApiKey"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/keys/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /**
         * Permanently revoke an API key
         * @description It is dead at once, and cannot be brought back. A key may revoke itself, but not the last one.
         */
        delete: operations["revokeApiKey"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the agent's profile and fee tier */
        get: operations["getAgent"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the agent's profile
         * @description What is left out stays as it is.
         */
        patch: operations["updateAgent"];
        trace?: never;
    };
    "/agents/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register an agent
         * @description The key is shown once, in this answer. In live mode this needs the `X-Admin-Key` header.
         */
        post: operations["registerAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/withdrawal-address": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show where the agent's own money goes when it leaves */
        get: operations["getWithdrawalAddress"];
        /**
         * Say where the agent's own money goes when it leaves
         * @description It counts after 48 hours, and so does any address that takes its place; the one of before counts until then. The event `withdrawal_address.changed` tells whoever else has a key.
         */
        put: operations["setWithdrawalAddress"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/withdrawals": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the agent's withdrawals, newest first */
        get: operations["listWithdrawals"];
        put?: never;
        /**
         * Take the agent's own money back
         * @description To the withdrawal address, in USDC on Base. Only what is neither in escrow nor owed; at least $10, $10,000 at the most. `GET /agents/withdrawals/{id}` shows each step.
         */
        post: operations["requestWithdrawal"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/agents/withdrawals/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a withdrawal, step by step */
        get: operations["getWithdrawal"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the page on which to read and try the API */
        get: operations["getDocs"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/docs/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get a file of the documentation's page */
        get: operations["getDocsFile"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List what happened, in order
         * @description Events of an agent are numbered 1, 2, 3 … without a gap, in an order that never changes, and are kept for 30 days. Keep `next_after` and send it as `after`: whoever does misses none. With `wait_s` an empty answer waits for an event.
         */
        get: operations["listEvents"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/endpoints": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List where callbacks do not arrive
         * @description An endpoint is the origin of your URLs (scheme, host, port). Where nothing arrived for five days it is disabled: nobody tries any more. A task whose URL answered 410 is disabled at once, by itself. What works is not listed; a hundred are at most.
         */
        get: operations["listEndpoints"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/endpoints/enable": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Have callbacks to an endpoint tried again
         * @description From the next event on. What was not sent meanwhile is in `GET /events`; `POST /events/{id}/redeliver` sends it. Safe to repeat, also for an endpoint that was never disabled.
         */
        post: operations["enableEndpoint"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/test": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send a signed `test.ping` to a URL
         * @description Once, within a minute or so, signed like a callback where there is a secret. The event is in `GET /events`, with what the URL answered.
         */
        post: operations["sendTestEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/events/{id}/redeliver": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Send an event to its callback once more
         * @description Within a minute or so, with the same bytes and id, whether it has arrived before or was given up. `GET /events` shows the attempt. Asking twice at once sends it once.
         */
        post: operations["redeliverEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/health": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Say that it lives */
        get: operations["getHealth"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/openapi.json": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Get the API's description as OpenAPI 3.1 */
        get: operations["getOpenApi"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/earnings": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show pending and available earnings
         * @description Earnings become available seven days after a task's completion.
         */
        get: operations["getEarnings"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/me": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show the operator's profile */
        get: operations["getOperator"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        /**
         * Change the operator's profile
         * @description What is left out stays as it is. Who has a task is shown by the name that was theirs when they accepted it. In live mode whoever is VERIFIED and takes another name is PENDING until that was checked.
         */
        patch: operations["updateOperator"];
        trace?: never;
    };
    "/operator/payout": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Withdraw available earnings
         * @description At least $10, $10,000 at the most. Test mode pays at once and needs no destination, unless it has a chain. On a chain the answer is 202 and `reserved`, and `GET /operator/payout/status/{id}` shows each step; another wallet than the last one counts after 24 hours. With a sign-in token its owner must have shown a password or code within the last ten minutes.
         */
        post: operations["requestPayout"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/payout/status/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Check the status of a payout */
        get: operations["getPayoutStatus"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/payouts": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the operator's payouts */
        get: operations["listPayouts"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/push": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show in which browsers the operator is notified, and how one subscribes */
        get: operations["getPush"];
        /**
         * Notify the operator in this browser
         * @description The fields are those of the browser's `PushSubscription`. Sent again it is renewed, for 60 days, and says anew whether new tasks are told of: those within `near`, at most one in 15 minutes. Of five browsers the one that was renewed longest ago makes room for a sixth. A message says the event, the task's id and its title, and nothing else.
         */
        put: operations["subscribeToPush"];
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/push/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        post?: never;
        /** Notify the operator in this browser no longer */
        delete: operations["unsubscribeFromPush"];
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/register": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Register a human operator
         * @description In live mode the caller is signed in and KYC starts as PENDING. In test mode KYC is VERIFIED at once; without `X-Operator-Id` there is one operator per e-mail address. The same details again give the same answer.
         */
        post: operations["registerOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Browse available tasks
         * @description Pending tasks whose deadline has not passed. The total counts to 1,000 of each type, and may be a minute old where there are many; the tasks never are.
         */
        get: operations["browseTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/mine": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the tasks that the operator has accepted */
        get: operations["listOperatorTasks"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** Show a pending task, or one of the operator's own */
        get: operations["getOperatorTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/accept": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Claim a pending task
         * @description Of many at once, exactly one operator gets it.
         */
        post: operations["acceptTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/check": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Check photos before submitting them
         * @description Makes the checks of the Guardian that need no model, so that a photo can be taken again: whether it can be read, is in focus and large enough, contradicts neither place nor time, and was not handed in before. Nothing is handed in, and nothing is promised: what the photos show is judged when they are. At most five different lists of photos for a task; checking the same again does not count.
         */
        post: operations["checkPhotos"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of the operator's task, oldest first
         * @description What was written to or by another operator of the task is not among them.
         */
        get: operations["listOperatorMessages"];
        put?: never;
        /**
         * Write to the agent of the operator's task
         * @description From the acceptance until the hold or the dispute is over; at most 100 messages of the operator for a task.
         */
        post: operations["sendOperatorMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rate the agent of a task
         * @description Once, within 14 days of the task's completion. The same rating again gives the same answer.
         */
        post: operations["rateAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/release": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Give a task back to the feed
         * @description Somebody else may accept it then.
         */
        post: operations["releaseTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/start": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Say that work has begun
         * @description From then on the agent can no longer cancel.
         */
        post: operations["startTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a statement in a dispute, as operator
         * @description Staff read it before they decide. Another one takes its place, as long as they have not.
         */
        post: operations["stateAsOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/tasks/{id}/submit": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Submit proof of completion
         * @description PHOTO and SCREENSHOT need at least one photo, CONFIRMATION needs `confirmation_text`, credential tasks need `encrypted_credential`. Photos are `photo_url` values of `POST /operator/upload` for this task, whose files have arrived in the bucket. Each is read: JPEG, PNG or WebP, complete, not animated, at most 120 megapixels and 240 as a JPEG, no picture twice. A picture belongs to the task for which it was handed in first.
         */
        post: operations["submitTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operator/upload": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Get a signed address to upload a photo to
         * @description For a task that the operator works on. Send the file with `method` to `upload_url` within five minutes, with these `headers` and exactly the announced bytes; then name `photo_url` in the submission. 412 says that they have arrived already. At most ten different photos for a task; announcing the same again gives a fresh address.
         */
        post: operations["createUpload"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/operators/search": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Find verified operators near a place
         * @description Where operators live is kept to two kilometres at best, and distances are told in steps of five: so the radius is rounded up to a multiple of five too. Who has not said where they live is not found.
         */
        get: operations["searchOperators"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/task-types": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the task types and their limits */
        get: operations["listTaskTypes"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /** List the agent's tasks, newest first */
        get: operations["listTasks"];
        put?: never;
        /**
         * Create a task and escrow its funds
         * @description Reward and platform fee go from the deposit balance into escrow. Send an `Idempotency-Key`, and the same one on retries: the task is created once. The deadline is 5 minutes to 90 days ahead; rewards are bounded by type (`GET /task-types`). Physical tasks need a location, credential tasks an `agent_public_key`.
         */
        post: operations["createTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Show a task with proof and verdict
         * @description Links to photos are fresh with each answer, and work for 15 minutes.
         */
        get: operations["getTask"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/callback-secret": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Replace the secret that signs a task's callbacks
         * @description For 24 hours `webhook-signature` has two signatures, by the new secret and by the one before; `X-HumanOps-Signature` is by the new one at once. Replacing it again within that time replaces the new one: the one before signs to its end.
         */
        post: operations["replaceCallbackSecret"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/cancel": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Cancel a task and refund its escrow
         * @description While it is PENDING or ACCEPTED. All of the escrow, reward and fee, goes back to the deposit balance.
         */
        post: operations["cancelTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/dispute": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Dispute a completed task inside the hold
         * @description The reward goes back into escrow until staff resolve the dispute; the fee stays.
         */
        post: operations["disputeTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/messages": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * List the messages of a task, oldest first
         * @description The agent sees what it and each operator of the task wrote to each other.
         */
        get: operations["listMessages"];
        put?: never;
        /**
         * Write to the operator of a task
         * @description From the acceptance until the hold or the dispute is over; at most 100 messages of the agent while the task has the same operator.
         */
        post: operations["sendMessage"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/rating": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Rate the operator's work
         * @description Once, within 14 days of the task's completion. The same rating again gives the same answer.
         */
        post: operations["rateOperator"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/retrieve-credential": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Retrieve the encrypted credential of a task
         * @description When the task is COMPLETED, or waits for the agent to try the credential. Only the holder of the private key to the task's `agent_public_key` can open it.
         */
        get: operations["retrieveCredential"];
        put?: never;
        /**
         * Retrieve the encrypted credential of a task
         * @description The same as GET.
         */
        post: operations["retrieveCredentialByPost"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/statement": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Make a statement in a dispute, as agent
         * @description Staff read it before they decide. Another one takes its place, as long as they have not.
         */
        post: operations["stateAsAgent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/tasks/{id}/verify": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Approve or reject a submission, or ask for changes
         * @description For tasks that the Guardian leaves to the agent, and before it has decided. APPROVE pays the operator; REJECT makes a dispute, and the money stays in escrow until staff decide. REQUEST_CHANGES, twice at most and in a manual review only, gives it back to its operator, who has a day at least.
         */
        post: operations["verifyTask"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/clock": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        /**
         * Read the test clock
         * @description A local system in test mode has this; no deployment does.
         */
        get: operations["getTestClock"];
        put?: never;
        post?: never;
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/clock/advance": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Move the test clock forward, and do what becomes due
         * @description A local system in test mode has this; no deployment does. Where it listens on other than loopback addresses, it takes the admin key. The answer comes when what became due is done; a customer's server that does not answer for three seconds is not waited for, and nothing is for more than fifteen.
         */
        post: operations["advanceTestClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/test/clock/reset": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Set the test clock back to the system's time
         * @description A local system in test mode has this; no deployment does. Where it listens on other than loopback addresses, it takes the admin key. Only while no money has moved at a later time.
         */
        post: operations["resetTestClock"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
    "/webhooks/dlocal": {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Receive a payment notification from dLocal
         * @description Credits what was expected, never what the notification says.
         */
        post: operations["receiveDlocalNotice"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface webhooks {
    taskEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        get?: never;
        put?: never;
        /**
         * Something happened to a task
         * @description Sent to the task's `callback_url`, at least once and in no promised order: docs/CALLBACKS.md.
         */
        post: operations["taskEvent"];
        delete?: never;
        options?: never;
        head?: never;
        patch?: never;
        trace?: never;
    };
}
export interface components {
    schemas: {
        AcceptedTask: {
            /** Format: date-time */
            accepted_at: string | null;
            next_action: components["schemas"]["NextAction"] | null;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        AcceptedTaskLine: {
            /** Format: date-time */
            accepted_at: string | null;
            agent: components["schemas"]["RatedAgent"];
            /** Format: date-time */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deadline: string;
            location: components["schemas"]["Place"];
            /** Format: decimal */
            reward_usd: number;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
        };
        /** @description A part of a list. */
        AcceptedTaskLinePage: {
            data: components["schemas"]["AcceptedTaskLine"][];
            pagination: components["schemas"]["Pagination"];
        };
        AdvanceTestClock: {
            /** @description By how much. */
            seconds: number;
        };
        Agent: {
            agent_id: string;
            company: string | null;
            /** Format: date-time */
            created_at: string;
            email: string;
            fee_tier: components["schemas"]["FeeTier"];
            mode: components["schemas"]["Mode"];
            name: string;
        };
        /** @description How many tasks it has, by what became of them. */
        AgentTasks: {
            /**
             * Format: uint64
             * @description Now CANCELLED.
             */
            cancelled: number;
            /**
             * Format: uint64
             * @description Now COMPLETED.
             */
            completed: number;
            /**
             * Format: uint64
             * @description Ever.
             */
            created: number;
            /**
             * Format: uint64
             * @description Of these, refunded by staff.
             */
            refunded: number;
        };
        ApiKey: {
            /** Format: date-time */
            createdAt: string;
            id: string;
            /** @description The beginning of the key, to recognise it by. */
            keyPrefix: string;
            /**
             * Format: date-time
             * @description Noted at most every ten minutes.
             */
            lastUsed: string | null;
            name: string;
        };
        ApiKeys: {
            data: components["schemas"]["ApiKey"][];
        };
        /** @description Who does it, or did. */
        Assignee: {
            id: string;
            /** @description First name and initial. */
            name: string;
        };
        /** @description What was looked at. */
        Audited: {
            /** Format: uint */
            accounts: number;
            /**
             * Format: uint
             * @description Accounts that money moved through each time they were looked at: nothing is said of them.
             */
            busy: number;
            /** Format: uint */
            entries: number;
            /** Format: uint */
            tasks: number;
        };
        Authorization: {
            /** @description One's own account, or on behalf of its owner. */
            basis: components["schemas"]["AuthorizationBasis"];
            /** @description In the agent's words. */
            statement: string;
        };
        /** @enum {string} */
        AuthorizationBasis: "OWNER" | "AUTHORIZED";
        AvailableTask: {
            agent: components["schemas"]["RatedAgent"];
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deadline: string;
            description: string;
            location: components["schemas"]["Place"];
            proof_requirements: string[];
            /** Format: decimal */
            reward_usd: number;
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
        };
        /** @description A part of a list. */
        AvailableTaskPage: {
            data: components["schemas"]["AvailableTask"][];
            pagination: components["schemas"]["Pagination"];
        };
        Balance: {
            currency: string;
            /**
             * Format: decimal
             * @description Can be spent, but for what is owed.
             */
            deposit_balance: number;
            /**
             * Format: decimal
             * @description Held for open tasks.
             */
            escrow_balance: number;
            /**
             * Format: decimal
             * @description Withdrawals on their way. Left out where there are none.
             */
            in_flight_balance?: number | null;
            /**
             * Format: decimal
             * @description Deposits that were taken back after they were spent: it comes off what can be spent. Left out where it is nothing.
             */
            owed_usd?: number | null;
            /**
             * Format: decimal
             * @description Deposits that staff are to look at. Left out where there are none.
             */
            suspended_balance?: number | null;
        };
        /** @enum {string} */
        CancelReason: "AGENT_CANCELLED" | "EXPIRED" | "DISPUTE_REFUNDED";
        Cancellation: {
            /** Format: date-time */
            cancelled_at: string;
            reason: components["schemas"]["CancelReason"];
            /**
             * Format: decimal
             * @description Reward and fee.
             */
            refunded_usd: number;
        };
        CancelledTask: {
            next_action: components["schemas"]["NextAction"] | null;
            /**
             * Format: decimal
             * @description Reward and fee.
             */
            refunded_usd: number;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        /** @description A deterministic check of the proof. */
        Check: {
            check: components["schemas"]["CheckName"];
            detail: string;
            status: components["schemas"]["CheckStatus"];
        };
        /** @enum {string} */
        CheckName: "image_decodes" | "image_as_announced" | "image_not_reused" | "image_not_similar" | "image_not_uniform" | "image_size" | "image_sharp" | "image_not_edited" | "image_not_screenshot" | "image_origin" | "capture_position" | "capture_position_given" | "capture_time" | "capture_time_given" | "credential_envelope" | "confirmation_text";
        CheckPhotos: {
            /** @description `photo_url` values, each once. */
            photos: string[];
        };
        /** @enum {string} */
        CheckStatus: "PASS" | "FAIL" | "SKIPPED";
        CheckedPhotos: {
            /** @description In the order of the photos; where there are several, each detail says which it is about. */
            checks: components["schemas"]["Check"][];
            /**
             * Format: uint8
             * @description How many other lists of photos can be checked for this task.
             */
            checks_left: number;
            /** @description Whether every photo could be looked at and no check failed. */
            passed: boolean;
            task_id: string;
        };
        /** @description What can be expected of the area. */
        Coverage: {
            /**
             * Format: int64
             * @description How long tasks had waited since they were created when the nearest 20 of these operators accepted them: the last
             *     ten of each in 30 days, of `task_type` if that is given. Null if there are fewer than five.
             */
            accept_seconds_p50: number | null;
            /** Format: int64 */
            accept_seconds_p90: number | null;
            /**
             * Format: uint
             * @description Operators whom the search matches, returned or not. It looks at 1,000 of each 200 kilometres square, and with
             *     `min_rating` at the nearest 200.
             */
            eligible: number;
            /** Format: uint */
            sample_size: number;
        };
        CreateApiKey: {
            /** @description A label; `default` without one. */
            name?: string | null;
        };
        CreateTask: {
            /** @description P-256 public key, base64 of the 65 bytes of an uncompressed point, to which the credential is sealed. Required for credential tasks. */
            agent_public_key?: string | null;
            /** @description On what authority a restricted type is asked for. */
            authorization?: components["schemas"]["Authorization"] | null;
            /** @description Which events are sent: `["*"]` for all. The reference's three without it. */
            callback_events?: ("*" | "task.verified" | "task.disputed" | "task.manual_review" | "task.created" | "task.accepted" | "task.started" | "task.released" | "task.submitted" | "task.changes_requested" | "task.message" | "task.completed" | "task.cancelled" | "task.expired" | "task.dispute_resolved")[] | null;
            /** @description Signs the callbacks (recommended). Behind `whsec_` it is base64, anything else is taken as it is. */
            callback_secret?: string | null;
            /** @description Where events are sent, https. */
            callback_url?: string | null;
            /**
             * Format: date-time
             * @description Accept and submit must happen before.
             */
            deadline: string;
            /** @description Detailed instructions for the operator. */
            description: string;
            /** @description Instructions specific to digital tasks. */
            digital_instructions?: string | null;
            /** @description Where it is. Required for physical tasks, with all three fields. */
            location?: components["schemas"]["TaskLocation"] | null;
            /** @description What the proof must show. */
            proof_requirements: string[];
            /** @description What the operator hands in; each type has a default. */
            proof_type?: components["schemas"]["ProofType"] | null;
            /** @description Refuse this task with 409 `probable_duplicate` when the same one was created within so many seconds. */
            reject_duplicate_within_s?: number | null;
            /**
             * Format: decimal
             * @description What the operator earns, in US dollars.
             */
            reward_usd: number | string;
            /** @description Follows from the type. */
            task_domain?: components["schemas"]["TaskDomain"] | null;
            /** @description What kind of work it is. */
            task_type: components["schemas"]["TaskType"];
            /** @description A short title. */
            title: string;
            /** @description How far the Guardian may decide on what is handed in. */
            verification?: components["schemas"]["WantedVerification"] | null;
            /** @description Seconds that an operator has from accepting to submitting, at most until the deadline; then the task is in the feed again. 259200 (72 hours) without it. */
            work_window_s?: number | null;
        };
        CreateUpload: {
            /**
             * @description What the file is; `image/jpg` will do, in any case of letters.
             * @enum {string}
             */
            content_type: "image/jpeg" | "image/png" | "image/webp";
            /** @description SHA-256 of the file, hexadecimal. */
            sha256: string;
            /** @description Bytes of the file. */
            size_bytes: number;
            /** @description The task. */
            task_id: string;
        };
        CreatedApiKey: {
            /** @description The secret: send it as `X-API-Key`. */
            api_key: string;
            /** Format: date-time */
            created_at: string;
            /** @description Its beginning, to recognise it by. */
            key_prefix: string;
            name: string;
        };
        CreatedTask: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deadline: string;
            next_action: components["schemas"]["NextAction"] | null;
            /** Format: decimal */
            platform_fee: number;
            /** Format: decimal */
            reward_usd: number;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
            /**
             * Format: decimal
             * @description Reward and fee.
             */
            total_escrow: number;
        };
        /** @enum {string} */
        Decider: "GUARDIAN" | "AGENT" | "STAFF" | "TIMER";
        /** @enum {string} */
        DecisionOutcome: "APPROVED" | "REJECTED" | "RELEASED" | "REFUNDED" | "SPLIT";
        Delivery: {
            /** Format: date-time */
            at: string;
            /**
             * Format: uint32
             * @description 1 for the first.
             */
            attempt: number;
            /**
             * @description Why there was no answer: `dns_failed`, `blocked`, `timeout`, `tls`, `connect` or `protocol`; `endpoint_disabled`,
             *     `secret_unreadable` or `too_late` where nobody asked.
             */
            error: string | null;
            /**
             * Format: date-time
             * @description For when the next attempt was planned; null when there is to be none.
             */
            next_at: string | null;
            /**
             * Format: uint16
             * @description What your server answered; null where it did not.
             */
            status: number | null;
        };
        Deposit: {
            /** Format: decimal */
            amount_usd: number;
            /** Format: date-time */
            created_at: string;
            /** @description Of a deposit in fiat. */
            payment_id: string | null;
            /** @description The way in. */
            rail: components["schemas"]["Rail"];
            /** @description `confirmed` or `reversed`. */
            status: string;
            transaction_id: string;
            /** @description Of a deposit in USDC. */
            tx_hash: string | null;
        };
        DepositAddress: {
            /** @description The same whenever this agent asks. */
            address: string;
            chain: string;
            /** Format: uint64 */
            chain_id: number;
            max_deposit_usdc: string;
            min_deposit_usdc: string;
            /** @description For wallets, as a link or a QR code (EIP-681). */
            payment_link: string;
            token: string;
            token_contract: string;
        };
        DepositFiat: {
            /**
             * Format: decimal
             * @description US dollars.
             */
            amount_usd: number | string;
            /** @description Of the payer, as in ISO 3166: two letters. */
            country?: string | null;
            /** @description How it is paid. */
            payment_method: components["schemas"]["PaymentMethod"];
            /** @description Where the payer goes afterwards. */
            return_url?: string | null;
        };
        /** @description A part of a list. */
        DepositPage: {
            data: components["schemas"]["Deposit"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @enum {string} */
        DepositStatus: "pending" | "suspended" | "completed" | "reversed" | "rejected";
        DepositUsdc: {
            /**
             * Format: decimal
             * @description USDC, with at most six decimals.
             */
            amount_usdc: number | string;
            /** @description The transaction on Base: 0x and 64 hexadecimal digits. Test mode also takes 0xabc...def, once an agent. */
            tx_hash: string;
        };
        Dispute: {
            /**
             * Format: date-time
             * @description When staff were reminded.
             */
            escalated_at: string | null;
            /** Format: date-time */
            opened_at: string;
            origin: components["schemas"]["DisputeOrigin"];
            /** @description In the agent's words, if it said why. */
            reason: string | null;
        };
        /** @enum {string} */
        DisputeOrigin: "GUARDIAN" | "AGENT" | "AGENT_IN_HOLD" | "REVIEW_OVERDUE";
        /** @enum {string} */
        DisputeOutcome: "RELEASE" | "REFUND" | "SPLIT";
        DisputeTask: {
            /** @description Why: operator and staff read it. */
            reason?: string | null;
        };
        DisputedTask: {
            /**
             * Format: decimal
             * @description The reward.
             */
            held_usd: number;
            next_action: components["schemas"]["NextAction"] | null;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        DisputedTaskLine: {
            agent_id: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deadline: string;
            /** @description Null where it is over already. */
            dispute: components["schemas"]["Dispute"] | null;
            operator: components["schemas"]["Assignee"] | null;
            /** Format: decimal */
            reward_usd: number;
            statements: components["schemas"]["Statements"];
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
        };
        /** @description A part of a list. */
        DisputedTaskLinePage: {
            data: components["schemas"]["DisputedTaskLine"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @description A notification as dLocal sends it; it may have any further fields. */
        DlocalNotice: {
            /** @description A number or a decimal text. */
            amount?: unknown;
            currency?: string | null;
            /** @description Our payment id. */
            order_id?: string | null;
            status: string;
        };
        /** @description What an operator has earned. */
        Earned: {
            /**
             * Format: decimal
             * @description Can be withdrawn.
             */
            available_balance: number;
            /**
             * Format: decimal
             * @description On its way out.
             */
            in_flight_balance: number;
            /**
             * Format: decimal
             * @description On hold.
             */
            pending_balance: number;
            /**
             * Format: decimal
             * @description Ever.
             */
            total_earned: number;
        };
        EarnedTask: {
            /** Format: date-time */
            completed_at: string | null;
            /** Format: decimal */
            reward_usd: number;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
            title: string;
        };
        Earnings: {
            /**
             * Format: decimal
             * @description Can be withdrawn.
             */
            available_balance: number;
            currency: string;
            /**
             * Format: decimal
             * @description Payouts on their way. Left out where there are none.
             */
            in_flight_balance?: number | null;
            /**
             * Format: date-time
             * @description When the next pending amount becomes available.
             */
            next_available_at: string | null;
            /** Format: decimal */
            pending_balance: number;
            recent_tasks: components["schemas"]["EarnedTask"][];
            /**
             * Format: decimal
             * @description Ever, less what disputes took back.
             */
            total_earned: number;
        };
        EnableEndpoint: {
            /** @description The origin of URLs, or a task. */
            endpoint: string;
        };
        EnabledEndpoint: {
            enabled: boolean;
            endpoint: string;
        };
        /** @description A sealed envelope: nothing in this system can open it. */
        EncryptedCredential: {
            algorithm: string;
            /** @description Base64, the 16 bytes of the tag at its end. */
            ciphertext: string;
            /**
             * Format: date-time
             * @description When it was delivered.
             */
            createdAt: string;
            /** @description Base64 of the 65 bytes of a P-256 point. */
            ephemeralPublicKey: string;
            /** @description Base64 of 12 bytes. */
            iv: string;
        };
        Endpoints: {
            data: components["schemas"]["FailingEndpoint"][];
        };
        /** @description Every error's form. */
        Error: {
            /** @description Stable: what a program decides by. */
            code: string;
            /** @description More, by code; `fields` names each bad field. */
            details: {
                [key: string]: unknown;
            };
            /** @description One sentence for people, with what to do next. */
            error: string;
            /** @description Names the request in the logs. */
            request_id: string;
        };
        Event: {
            /** @description Attempts to send it to the task's callback, oldest first. Empty where none was made. */
            deliveries: components["schemas"]["Delivery"][];
            id: string;
            /** @description The body of the callback, whether one is sent or not. */
            payload: Record<string, never>;
            /**
             * Format: uint64
             * @description Its place in the stream.
             */
            sequence: number;
            /** @description Null for what happened to the account. */
            task_id: string | null;
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
            type: components["schemas"]["EventType"];
        };
        /** @enum {string} */
        EventName: "task.verified" | "task.disputed" | "task.manual_review" | "task.created" | "task.accepted" | "task.started" | "task.released" | "task.submitted" | "task.changes_requested" | "task.message" | "task.completed" | "task.cancelled" | "task.expired" | "task.dispute_resolved";
        /** @enum {string} */
        EventType: "task.verified" | "task.disputed" | "task.manual_review" | "task.created" | "task.accepted" | "task.started" | "task.released" | "task.submitted" | "task.changes_requested" | "task.message" | "task.completed" | "task.cancelled" | "task.expired" | "task.dispute_resolved" | "deposit.confirmed" | "deposit.reversed" | "withdrawal.requested" | "withdrawal.completed" | "withdrawal.failed" | "withdrawal_address.changed" | "key.created" | "key.revoked" | "endpoint.disabled" | "test.ping";
        Events: {
            data: components["schemas"]["Event"][];
            /**
             * Format: uint64
             * @description What to send as `after` next.
             */
            next_after: number;
        };
        FailingEndpoint: {
            /**
             * Format: date-time
             * @description Null while it is still tried.
             */
            disabled_at: string | null;
            /** @description An origin, or the id of a task whose URL is gone. */
            endpoint: string;
            /**
             * Format: date-time
             * @description Nothing has arrived since.
             */
            failing_since: string;
            /** @description `failing` for five days, or `gone`: 410. Null while it is still tried. */
            reason: string | null;
        };
        /** @enum {string} */
        Failure: "address_blocked" | "address_refused" | "expired" | "cancelled" | "declined" | "payee_not_registered";
        FeeTier: {
            /**
             * Format: decimal
             * @description The spend at which the next tier begins; null in the highest.
             */
            next_tier_at_usd: number | null;
            /**
             * Format: uint32
             * @description Of the reward; at least $2.00 a task.
             */
            rate_percent: number;
            tier: components["schemas"]["FeeTierName"];
            /**
             * Format: decimal
             * @description Rewards of tasks completed in the last 30 days, less what disputes gave back.
             */
            trailing_30d_spend_usd: number;
        };
        /** @enum {string} */
        FeeTierName: "STANDARD" | "GROWTH" | "ENTERPRISE";
        FiatDeposit: {
            /** Format: decimal */
            amount_usd: number;
            message: string;
            /** @description For `GET /agents/deposit/status`. */
            payment_id: string;
            /** @description Where the payer goes on. Left out where there is nothing left to pay. */
            redirect_url?: string | null;
            status: string;
            transaction_id: string;
        };
        FoundOperator: {
            /** Format: uint64 */
            completed_tasks: number;
            /** @description Of the tasks that have come to an end for this operator, the share that it completed; null before the first. */
            completion_rate: number | null;
            /**
             * Format: uint64
             * @description Rounded up to a multiple of five.
             */
            distance_km: number;
            location: components["schemas"]["Town"];
            /** @description First name and initial. */
            name: string;
            operator_id: string;
            /** @description Mean of its ratings, 1 to 5; null while there are fewer than three. */
            rating: components["schemas"]["Rating"] | null;
            /** Format: uint64 */
            rating_count: number;
            /** @description What it wants to do; empty if it has not said. */
            task_types: components["schemas"]["TaskType"][];
        };
        FoundOperators: {
            coverage: components["schemas"]["Coverage"];
            /** @description The nearest first. */
            data: components["schemas"]["FoundOperator"][];
        };
        /** @enum {string} */
        GuardianDecision: "APPROVE" | "MANUAL_REVIEW" | "REJECT";
        /** @description The Guardian's result. */
        GuardianResult: {
            checks: components["schemas"]["Check"][];
            /**
             * Format: uint8
             * @description 0 to 100.
             */
            confidence: number;
            decision: components["schemas"]["GuardianDecision"];
            reasoning: string;
            requirement_results: components["schemas"]["RequirementResult"][];
            /** @description Present with MANUAL_REVIEW. */
            review_reason: components["schemas"]["ReviewReason"] | null;
        };
        Health: {
            mode: components["schemas"]["Mode"];
            status: string;
        };
        /** @description Where the operator lives. */
        Home: {
            city: string | null;
            country: string | null;
            /** @description The centre of the cell of two kilometres in which agents find the operator; null while it is not known. */
            lat: number | null;
            lng: number | null;
        };
        IdentityCheck: {
            /** Format: date-time */
            at: string;
            /** @description Whose admin key it was. */
            by: string;
        };
        /** @enum {string} */
        Kyc: "PENDING" | "VERIFIED" | "REJECTED";
        LedgerAudit: {
            checked: components["schemas"]["Audited"];
            clean: boolean;
            violations: components["schemas"]["Violation"][];
        };
        /** @description Who does it. */
        ListedOperator: {
            id: string;
            /** @description First name and initial. */
            name: string;
            /** @description Mean of its ratings, 1 to 5; null while there are fewer than three. */
            rating: components["schemas"]["Rating"] | null;
            /** Format: uint64 */
            rating_count: number;
        };
        MakeStatement: {
            /** @description In your own words. */
            text: string;
        };
        /** @enum {string} */
        ManualDecision: "APPROVE" | "REJECT" | "REQUEST_CHANGES";
        Message: {
            body: string;
            /** Format: date-time */
            created_at: string;
            message_id: string;
            sender: components["schemas"]["Side"];
        };
        /** @description A part of a list. */
        MessagePage: {
            data: components["schemas"]["Message"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @enum {string} */
        Mode: "test" | "live";
        Near: {
            /** @description The centre of a cell of two kilometres. */
            lat: number;
            lng: number;
            /** Format: uint64 */
            radius_km: number;
        };
        /** @description Who moves next, until when, and what happens if they do not. */
        NextAction: {
            /** @description A verb of the API where there is one. */
            action: string;
            by: components["schemas"]["Party"];
            /** Format: date-time */
            due_at: string;
            /** @description How, where that is not plain. Left out otherwise. */
            hint?: string | null;
            /** @description What becomes of the task then. */
            on_due: string;
        };
        Nothing: Record<string, never>;
        Operator: {
            /** Format: date-time */
            created_at: string;
            email: string;
            /** @description Only VERIFIED operators may accept tasks and withdraw. */
            kyc_status: components["schemas"]["Kyc"];
            location: components["schemas"]["Home"];
            name: string;
            operator_id: string;
            phone: string | null;
            /** @description Mean of its ratings by agents, 1 to 5; null while there are fewer than three. */
            rating: components["schemas"]["Rating"] | null;
            /** Format: uint64 */
            rating_count: number;
            record: components["schemas"]["Record"];
            skills: components["schemas"]["TaskType"][];
        };
        OperatorKyc: {
            kyc_status: components["schemas"]["Kyc"];
            operator_id: string;
        };
        OperatorLine: {
            /** @description What staff did last about it; null where nobody has yet. */
            checked: components["schemas"]["IdentityCheck"] | null;
            /** Format: date-time */
            created_at: string;
            email: string;
            kyc_status: components["schemas"]["Kyc"];
            location: components["schemas"]["Home"];
            name: string;
            operator_id: string;
            phone: string | null;
            skills: components["schemas"]["TaskType"][];
        };
        /** @description A part of a list. */
        OperatorLinePage: {
            data: components["schemas"]["OperatorLine"][];
            pagination: components["schemas"]["Pagination"];
        };
        OperatorLocation: {
            city?: string | null;
            country?: string | null;
            /** @description Degrees north. */
            lat?: number | string | null;
            /** @description Degrees east. */
            lng?: number | string | null;
        };
        OperatorTask: {
            /** Format: date-time */
            accepted_at: string | null;
            agent: components["schemas"]["RatedAgent"];
            /** @description To which a credential is sealed. For the operator who has the task; null before. */
            agent_public_key: string | null;
            /** Format: date-time */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deadline: string;
            /** @description Who decided on it, and what; null while nobody has. */
            decision: components["schemas"]["TaskDecision"] | null;
            description: string;
            /** @description For the operator who has the task; null before. */
            digital_instructions: string | null;
            dispute: components["schemas"]["Dispute"] | null;
            /** @description What the Guardian said of it; null before. */
            guardian_result: components["schemas"]["GuardianResult"] | null;
            location: components["schemas"]["Place"];
            next_action: components["schemas"]["NextAction"] | null;
            /** @description What the operator handed in last. Links to photos work for 15 minutes. */
            proof: components["schemas"]["Proof"] | null;
            proof_requirements: string[];
            proof_type: components["schemas"]["ProofType"];
            resolution: components["schemas"]["Resolution"] | null;
            /** @description The latest changes that the agent asked for. */
            revision: components["schemas"]["Revision"] | null;
            /** Format: decimal */
            reward_usd: number;
            /** Format: date-time */
            started_at: string | null;
            /** @description The operator's own statement in the dispute. */
            statement: components["schemas"]["Statement"] | null;
            status: components["schemas"]["TaskStatus"];
            /** Format: date-time */
            submitted_at: string | null;
            task_domain: components["schemas"]["TaskDomain"];
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
        };
        OutcomePayment: {
            /**
             * Format: decimal
             * @description Back to its deposit.
             */
            agent_usd: number;
            /**
             * Format: uint32
             * @description The operator's share of the reward in basis points.
             */
            operator_share_bps: number;
            /** Format: decimal */
            operator_usd: number;
            outcome: components["schemas"]["DisputeOutcome"];
            /**
             * Format: decimal
             * @description The fee.
             */
            platform_usd: number;
        };
        Pagination: {
            /** Format: uint */
            limit: number;
            /** @description Where the next page begins; null on the last one. */
            next_cursor: string | null;
            /** Format: uint */
            offset: number;
            /**
             * Format: uint
             * @description Entries in all.
             */
            total: number;
        };
        /** @enum {string} */
        Party: "AGENT" | "OPERATOR" | "GUARDIAN" | "STAFF" | "SYSTEM";
        Past: {
            /** Format: date-time */
            at: string;
            event: components["schemas"]["EventName"];
        };
        Payment: {
            /** @description As the deposit answered it. */
            payment_id: string;
        };
        /** @enum {string} */
        PaymentMethod: "card" | "bank_transfer";
        PaymentStatus: {
            /** Format: decimal */
            amount_usd: number;
            payment_id: string;
            status: components["schemas"]["DepositStatus"];
        };
        Payout: {
            /** Format: decimal */
            amount_usd: number;
            /** Format: date-time */
            created_at: string;
            /** @description Wallet or payee. */
            destination: string;
            payout_id: string;
            /** @description The way out. */
            rail: components["schemas"]["Rail"];
            status: components["schemas"]["PayoutStatus"];
        };
        /** @enum {string} */
        PayoutMethod: "usdc" | "payoneer";
        /** @description A part of a list. */
        PayoutPage: {
            data: components["schemas"]["Payout"][];
            pagination: components["schemas"]["Pagination"];
        };
        PayoutState: {
            /** Format: decimal */
            amount_usd: number;
            payout_id: string;
            status: components["schemas"]["PayoutStatus"];
            /** @description How it went. Left out where it was paid at once, as in test mode. */
            way?: components["schemas"]["PayoutWay"] | null;
        };
        /** @enum {string} */
        PayoutStatus: "reserved" | "signed" | "broadcast" | "submitted" | "confirmed" | "completed" | "failed" | "returned";
        PayoutStep: {
            /** Format: date-time */
            at: string;
            status: components["schemas"]["PayoutStatus"];
        };
        /** @description How a payout goes, or went. */
        PayoutWay: {
            /**
             * Format: uint64
             * @description Blocks that the transaction had behind it at the last step, its own included.
             */
            confirmations: number | null;
            /**
             * Format: uint64
             * @description The block that the transaction is in, once the chain shows it.
             */
            confirmed_in_block: number | null;
            /** @description Wallet or payee. */
            destination: string;
            /** @description Why it failed, if it did: the money is back in your balance. */
            failure: components["schemas"]["Failure"] | null;
            rail: components["schemas"]["Rail"];
            /** @description Where to open an account at the provider, when there was none to pay to. Then ask for the payout again. */
            registration_url?: string | null;
            /** @description How it came to stand where it does. */
            steps: components["schemas"]["PayoutStep"][];
            /** @description The transaction that carries it, once there is one. */
            tx_hash: string | null;
        };
        /** @description A place; digital tasks have words only. */
        Place: {
            address?: string;
            lat?: number | null;
            lng?: number | null;
        };
        Proof: {
            confirmation_text: string | null;
            /** @description Whether a credential was delivered: see `retrieve-credential`. */
            encrypted_credential: boolean;
            location: components["schemas"]["Whereabouts"] | null;
            notes: string | null;
            /** @description Links that work for 15 minutes. */
            photos: string[];
            /** @description As given; never fetched. */
            reference_url: string | null;
            /** Format: date-time */
            submittedAt: string;
        };
        /** @enum {string} */
        ProofType: "PHOTO" | "SCREENSHOT" | "CONFIRMATION" | "ARTIFACT";
        Push: {
            /** @description Those that were renewed in the last 60 days. */
            browsers: components["schemas"]["SubscribedBrowser"][];
            /** @description `applicationServerKey` for the browser; null where no notifications are sent. */
            public_key: string | null;
        };
        /** @enum {string} */
        Rail: "base" | "dlocal" | "payoneer";
        RateTask: {
            /** @description Why. */
            comment?: string | null;
            /** @description 5 is the best. */
            score: number;
        };
        /** @description What operators see of the agent of a task. */
        RatedAgent: {
            /**
             * @description Of its tasks that were submitted and decided on, the share that is COMPLETED; null before the first. The others
             *     were refunded by staff.
             */
            approval_rate: number | null;
            /** @description Mean of its ratings by operators, 1 to 5; null while there are fewer than three. */
            rating: components["schemas"]["Rating"] | null;
            /** Format: uint64 */
            rating_count: number;
        };
        /** @description Who does it. */
        RatedOperator: {
            /** Format: uint64 */
            completed_tasks: number;
            /** @description Of the tasks that have come to an end for this operator, the share that it completed; null before the first. */
            completion_rate: number | null;
            /** @description The share that staff refunded. */
            dispute_loss_rate: number | null;
            id: string;
            /** @description First name and initial. */
            name: string;
            /** @description The share that it neither submitted nor gave back in time. */
            no_show_rate: number | null;
            /** @description Mean of its ratings, 1 to 5; null while there are fewer than three. */
            rating: components["schemas"]["Rating"] | null;
            /** Format: uint64 */
            rating_count: number;
        };
        Rating: number;
        ReceivedNotice: {
            received: boolean;
            /** @description `completed` or `ignored`. */
            status: string;
        };
        /** @description What the operator's tasks came to. */
        Record: {
            /**
             * Format: uint64
             * @description Ever accepted.
             */
            accepted: number;
            /**
             * Format: uint64
             * @description Now ACCEPTED or IN_PROGRESS.
             */
            at_work: number;
            /**
             * Format: uint64
             * @description How many may be at once.
             */
            at_work_max: number;
            /**
             * Format: uint64
             * @description Now COMPLETED.
             */
            completed: number;
            /**
             * Format: uint64
             * @description Refunded to the agent by staff.
             */
            disputes_lost: number;
            /**
             * Format: uint64
             * @description Neither submitted nor given back in time.
             */
            no_shows: number;
            /**
             * Format: uint64
             * @description Given back in time.
             */
            released: number;
        };
        Redelivery: {
            /**
             * Format: uint32
             * @description Which attempt it will be.
             */
            attempt: number;
            id: string;
            /** Format: date-time */
            next_at: string;
        };
        RegisterAgent: {
            /** @description Whose agent it is. */
            company?: string | null;
            /**
             * Format: email
             * @description Where its people can be reached.
             */
            email: string;
            /** @description What the agent is called. */
            name: string;
        };
        RegisterOperator: {
            /**
             * Format: email
             * @description Where the operator can be reached.
             */
            email: string;
            /** @description Where the operator lives. Of `lat` and `lng` only a cell of two kilometres is kept; without them the city is looked up. */
            location?: components["schemas"]["OperatorLocation"] | null;
            /** @description Agents see first name and initial. */
            name: string;
            /** @description A telephone number, in E.164. */
            phone?: string | null;
            /** @description Task types that the operator wants. */
            skills?: components["schemas"]["TaskType"][] | null;
        };
        RegisteredAgent: {
            agent_id: string;
            /** @description The secret of the account: send it as `X-API-Key`. */
            api_key: string;
            message: string;
        };
        RegisteredOperator: {
            kyc_status: components["schemas"]["Kyc"];
            name: string;
            operator_id: string;
        };
        ReleasedTask: {
            next_action: components["schemas"]["NextAction"] | null;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        RemovedBrowser: {
            removed: boolean;
        };
        ReplaceCallbackSecret: {
            /** @description Behind `whsec_` it is base64, anything else is taken as it is. */
            callback_secret: string;
        };
        ReplacedCallbackSecret: {
            /**
             * Format: date-time
             * @description Until when the secret before signs too; null where there was none.
             */
            previous_until: string | null;
            task_id: string;
        };
        RequestPayout: {
            /**
             * Format: decimal
             * @description US dollars, at least 10.
             */
            amount_usd: number | string;
            /** @description `usdc`; `payoneer` when only a payee is named. */
            method?: components["schemas"]["PayoutMethod"] | null;
            /** @description Whom Payoneer pays. */
            payoneer_payee_id?: string | null;
            /** @description Where USDC on Base goes; mixed case must be its checksum (EIP-55). */
            wallet_address?: string | null;
        };
        RequestWithdrawal: {
            /**
             * Format: decimal
             * @description US dollars, with at most six decimals.
             */
            amount_usd: number | string;
        };
        RequestedPayout: {
            /** Format: decimal */
            amount_usd: number;
            message: string;
            payout_id: string;
            status: components["schemas"]["PayoutStatus"];
        };
        RequirementResult: {
            /**
             * Format: uint8
             * @description In this verdict, 0 to 100; 0 where nobody looked.
             */
            confidence: number;
            /**
             * Format: uint8
             * @description The photo that shows it, counted from 1.
             */
            photo: number | null;
            /** @description What was seen, or why nobody looked. */
            reasoning: string;
            requirement: string;
            verdict: components["schemas"]["RequirementVerdict"];
        };
        /** @enum {string} */
        RequirementVerdict: "MET" | "NOT_MET" | "UNCLEAR";
        Resolution: {
            /**
             * Format: uint32
             * @description The operator's share of the reward in basis points.
             */
            operator_share_bps: number;
            outcome: components["schemas"]["DisputeOutcome"];
            /** @description In the words of staff. */
            rationale: string;
            /** Format: date-time */
            resolved_at: string;
        };
        ResolveDispute: {
            /** @description The operator's share in basis points. Required for SPLIT, refused otherwise. */
            operator_share_bps?: number | null;
            /** @description Who gets the money. */
            outcome: components["schemas"]["DisputeOutcome"];
            /** @description Why, in the words of staff. */
            rationale: string;
        };
        ResolvedDispute: {
            next_action: components["schemas"]["NextAction"] | null;
            /** Format: uint32 */
            operator_share_bps: number;
            outcome: components["schemas"]["DisputeOutcome"];
            /** Format: date-time */
            resolved_at: string;
            /** @description Whose admin key it was. */
            resolved_by: string;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        RetrievedCredential: {
            encrypted_credential: components["schemas"]["EncryptedCredential"];
            task_id: string;
        };
        /** @enum {string} */
        ReviewReason: "LOW_CONFIDENCE" | "E2EE_AGENT_CONFIRMATION" | "AUTOMATED_VERIFICATION_UNAVAILABLE" | "VERIFICATION_MODE_AGENT";
        /** @description Changes that the agent asked for. */
        Revision: {
            /**
             * Format: uint8
             * @description 1 for the first.
             */
            count: number;
            /**
             * Format: date-time
             * @description Until when they are to be handed in; null once they are.
             */
            due_at: string | null;
            /**
             * Format: uint8
             * @description More often it cannot ask.
             */
            max: number;
            /** @description In the agent's words. */
            reason: string | null;
        };
        RevokedApiKey: {
            revoked: boolean;
        };
        SendMessage: {
            /** @description For the other side of the task to read. */
            body: string;
        };
        SendTestEvent: {
            /** @description As a `callback_secret`. */
            secret?: string | null;
            /** @description As a `callback_url`. */
            url: string;
        };
        SetKyc: {
            /** @description The result. */
            status: components["schemas"]["Kyc"];
        };
        SetWithdrawalAddress: {
            /** @description A wallet on Base; mixed case must be its checksum (EIP-55). */
            address: string;
        };
        /** @enum {string} */
        Side: "AGENT" | "OPERATOR";
        StaffAgent: {
            agent_id: string;
            balance: components["schemas"]["Balance"];
            company: string | null;
            /** Format: date-time */
            created_at: string;
            email: string;
            name: string;
            /** @description Mean of its ratings by operators, 1 to 5; null while there are fewer than three. */
            rating: components["schemas"]["Rating"] | null;
            /** Format: uint64 */
            rating_count: number;
            /** @description The latest twenty, newest first. */
            recent_tasks: components["schemas"]["StaffTaskLine"][];
            tasks: components["schemas"]["AgentTasks"];
            /** @description The latest twenty, newest first. */
            withdrawals: components["schemas"]["Withdrawal"][];
        };
        StaffOperator: {
            /** @description What staff did last about the identity; null where nobody has yet. */
            checked: components["schemas"]["IdentityCheck"] | null;
            earnings: components["schemas"]["Earned"];
            /** @description The latest twenty, newest first. */
            payouts: components["schemas"]["Payout"][];
            /** @description As the operator sees it. */
            profile: components["schemas"]["Operator"];
            /** @description The latest twenty, latest accepted first. */
            recent_tasks: components["schemas"]["StaffTaskLine"][];
        };
        StaffTask: {
            agent_id: string;
            cancellation: components["schemas"]["Cancellation"] | null;
            /** Format: date-time */
            deadline: string;
            decision: components["schemas"]["TaskDecision"] | null;
            description: string;
            digital_instructions: string | null;
            dispute: components["schemas"]["Dispute"] | null;
            guardian_result: components["schemas"]["GuardianResult"] | null;
            /** @description What the task as it stands says of its past, in order. */
            history: components["schemas"]["Past"][];
            location: components["schemas"]["Place"];
            next_action: components["schemas"]["NextAction"] | null;
            operator: components["schemas"]["Assignee"] | null;
            /** @description What each resolution would pay to whom; none when there is nothing to resolve. */
            outcomes: components["schemas"]["OutcomePayment"][];
            /** Format: decimal */
            platform_fee_usd: number;
            /** @description What the operator handed in last. */
            proof: components["schemas"]["Proof"] | null;
            proof_requirements: string[];
            proof_type: components["schemas"]["ProofType"];
            resolution: components["schemas"]["Resolution"] | null;
            /** @description Whose admin key it was that resolved it. */
            resolved_by: string | null;
            revision: components["schemas"]["Revision"] | null;
            /** Format: decimal */
            reward_usd: number;
            statements: components["schemas"]["Statements"];
            status: components["schemas"]["TaskStatus"];
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
        };
        /** @description A task of an agent or an operator. */
        StaffTaskLine: {
            /** Format: date-time */
            created_at: string;
            /** Format: decimal */
            reward_usd: number;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
        };
        StartedTask: {
            next_action: components["schemas"]["NextAction"] | null;
            /** Format: date-time */
            started_at: string | null;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        StatedTask: {
            next_action: components["schemas"]["NextAction"] | null;
            statement: components["schemas"]["Statement"];
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        /** @description What a side says in a dispute. */
        Statement: {
            /** Format: date-time */
            stated_at: string;
            text: string;
        };
        /** @description What the sides say in a dispute. */
        Statements: {
            agent: components["schemas"]["Statement"] | null;
            operator: components["schemas"]["Statement"] | null;
        };
        StuckPayout: {
            /** @description Who takes money back; null where it is an operator. */
            agent_id: string | null;
            /** Format: decimal */
            amount_usd: number;
            /** Format: date-time */
            created_at: string;
            /** @description Wallet or payee. */
            destination: string;
            /** @description Who is paid; null where it is an agent. */
            operator_id: string | null;
            /** @description It could not be handled, and nobody tries any more. */
            parked: boolean;
            payout_id: string;
            /** @description The way out. */
            rail: components["schemas"]["Rail"];
            /**
             * Format: date-time
             * @description When it came to stand where it does.
             */
            since: string;
            status: components["schemas"]["PayoutStatus"];
        };
        /** @description A part of a list. */
        StuckPayoutPage: {
            data: components["schemas"]["StuckPayout"][];
            pagination: components["schemas"]["Pagination"];
        };
        SubmitTask: {
            /** @description The result in words. */
            confirmation_text?: string | null;
            /** @description The credential, sealed to the task's `agent_public_key`. */
            encrypted_credential?: components["schemas"]["SubmittedCredential"] | null;
            /** @description Where the operator was. */
            location?: components["schemas"]["SubmittedWhereabouts"] | null;
            /** @description For the Guardian and the agent. */
            notes?: string | null;
            /** @description `photo_url` values, each once. */
            photos?: string[] | null;
            /** @description A source; it is never fetched. */
            reference_url?: string | null;
        };
        SubmittedCredential: {
            /** @description ECDH-P256-AES-256-GCM. */
            algorithm: string;
            /** @description Base64, the tag at its end. */
            ciphertext: string;
            /**
             * Format: date-time
             * @description Replaced by the time of delivery.
             */
            createdAt?: string | null;
            /** @description Base64 of the 65 bytes of a P-256 point. */
            ephemeralPublicKey: string;
            /** @description Base64 of 12 bytes. */
            iv: string;
            /** @description The profile's version. */
            v?: number | null;
        };
        SubmittedTask: {
            message: string;
            next_action: components["schemas"]["NextAction"] | null;
            status: components["schemas"]["TaskStatus"];
            /** Format: date-time */
            submitted_at: string | null;
            task_id: string;
        };
        SubmittedWhereabouts: {
            /** @description Radius in metres. */
            accuracy_m?: number | null;
            /**
             * Format: date-time
             * @description When the position was taken.
             */
            captured_at?: string | null;
            /** @description Degrees north. */
            lat?: number | string | null;
            /** @description Degrees east. */
            lng?: number | string | null;
        };
        SubscribedBrowser: {
            id: string;
            /** @description Where it is told of new tasks; null if it is not. */
            near: components["schemas"]["Near"] | null;
            /**
             * Format: date-time
             * @description Renew it before.
             */
            until: string;
        };
        Subscription: {
            /** @description Where the browser's push service takes messages: a public https URL. */
            endpoint: string;
            /** @description What messages to the browser are sealed with. */
            keys: components["schemas"]["SubscriptionKeys"];
            /** @description Tell of new tasks around this place too. Only the cell of two kilometres that it is in is kept. */
            near?: components["schemas"]["SubscriptionArea"] | null;
        };
        SubscriptionArea: {
            /** @description Degrees north. */
            lat: number | string;
            /** @description Degrees east. */
            lng: number | string;
            /** @description How far away at the most, rounded up to a multiple of five. */
            radius_km: number;
        };
        SubscriptionKeys: {
            /** @description The secret that the browser made for this, base64url of 16 bytes. */
            auth: string;
            /** @description The browser's public key, base64url of 65 bytes. */
            p256dh: string;
        };
        SuspendedDeposit: {
            agent_id: string;
            /** Format: decimal */
            amount_usd: number;
            /**
             * Format: date-time
             * @description When it came to stand where it does.
             */
            at: string;
            /** @description Why it was suspended. */
            reason: components["schemas"]["Suspicion"] | null;
            /** @description Whose tokens they were. */
            senders: string[];
            status: components["schemas"]["DepositStatus"];
            transaction_id: string;
            tx_hash: string | null;
        };
        /** @description A part of a list. */
        SuspendedDepositPage: {
            data: components["schemas"]["SuspendedDeposit"][];
            pagination: components["schemas"]["Pagination"];
        };
        /** @enum {string} */
        Suspicion: "below_minimum" | "above_maximum" | "too_many_transfers" | "sanctioned_sender" | "own_address";
        Task: {
            /** Format: date-time */
            accepted_at: string | null;
            agent_public_key: string | null;
            callback_url: string | null;
            cancellation: components["schemas"]["Cancellation"] | null;
            /** Format: date-time */
            completed_at: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deadline: string;
            /** @description Who decided on it, and what; null while nobody has. */
            decision: components["schemas"]["TaskDecision"] | null;
            description: string;
            digital_instructions: string | null;
            dispute: components["schemas"]["Dispute"] | null;
            /** @description What the Guardian said of it; null before. */
            guardian_result: components["schemas"]["GuardianResult"] | null;
            /**
             * Format: date-time
             * @description Until when the agent may dispute; then the operator can withdraw.
             */
            hold_until: string | null;
            location: components["schemas"]["Place"];
            /** @description The newest 20, the oldest of them first; `GET /tasks/{id}/messages` has all. */
            messages: components["schemas"]["Message"][];
            /** @description Null once the money is where it stays. */
            next_action: components["schemas"]["NextAction"] | null;
            operator: components["schemas"]["RatedOperator"] | null;
            /**
             * Format: decimal
             * @description Fixed when the task was created.
             */
            platform_fee_usd: number;
            /** @description What the operator handed in; null before. */
            proof: components["schemas"]["Proof"] | null;
            proof_requirements: string[];
            proof_type: components["schemas"]["ProofType"];
            resolution: components["schemas"]["Resolution"] | null;
            /** @description The latest changes that were asked for. */
            revision: components["schemas"]["Revision"] | null;
            /** Format: decimal */
            reward_usd: number;
            /** Format: date-time */
            started_at: string | null;
            /** @description The agent's own statement in the dispute. */
            statement: components["schemas"]["Statement"] | null;
            status: components["schemas"]["TaskStatus"];
            /** Format: date-time */
            submitted_at: string | null;
            task_domain: components["schemas"]["TaskDomain"];
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
            /** @description How far the Guardian may decide. */
            verification: components["schemas"]["Verification"];
            /** Format: date-time */
            verified_at: string | null;
        };
        /** @description The latest decision on a submission; staff's is final. */
        TaskDecision: {
            /** Format: date-time */
            at: string;
            decided_by: components["schemas"]["Decider"];
            outcome: components["schemas"]["DecisionOutcome"];
            /** @description In the words of whoever decided; null where there are none. */
            reason: string | null;
        };
        /** @enum {string} */
        TaskDomain: "PHYSICAL" | "DIGITAL";
        /** @description The body of a callback, in the order of the reference; `id` and `status` are ours. */
        TaskEvent: {
            /** @description Who decided on the submission, and what. Left out while nobody has. */
            decision?: components["schemas"]["TaskDecision"] | null;
            event: components["schemas"]["EventName"];
            /** @description Left out when nothing was judged. */
            guardian_result?: components["schemas"]["TaskEventGuardianResult"] | null;
            /** @description The same however often it is sent. */
            id: string;
            /** @description Of `task.message`. */
            message?: components["schemas"]["Message"] | null;
            /** @description Who moves next. Left out once the money is where it stays. */
            next_action?: components["schemas"]["NextAction"] | null;
            /** @description The task's status after the event. */
            status: components["schemas"]["TaskStatus"];
            task_id: string;
            /**
             * Format: date-time
             * @description When it happened.
             */
            timestamp: string;
        };
        TaskEventGuardianResult: {
            /**
             * Format: uint8
             * @description 0 to 100.
             */
            confidence: number;
            decision: components["schemas"]["GuardianDecision"];
            reasoning: string;
            /** @description Present with MANUAL_REVIEW. */
            review_reason?: components["schemas"]["ReviewReason"] | null;
        };
        TaskLine: {
            /** Format: date-time */
            created_at: string;
            /** Format: date-time */
            deadline: string;
            operator: components["schemas"]["ListedOperator"] | null;
            /** Format: decimal */
            reward_usd: number;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
            task_type: components["schemas"]["TaskType"];
            title: string;
        };
        /** @description A part of a list. */
        TaskLinePage: {
            data: components["schemas"]["TaskLine"][];
            pagination: components["schemas"]["Pagination"];
        };
        TaskLocation: {
            /** @description In words. */
            address?: string | null;
            /** @description Degrees north. */
            lat?: number | string | null;
            /** @description Degrees east. */
            lng?: number | string | null;
        };
        TaskRating: {
            comment: string | null;
            /** Format: date-time */
            created_at: string;
            /** Format: uint8 */
            score: number;
            task_id: string;
        };
        /** @enum {string} */
        TaskStatus: "PENDING" | "ACCEPTED" | "IN_PROGRESS" | "SUBMITTED" | "VERIFIED" | "COMPLETED" | "DISPUTED" | "CANCELLED";
        /** @enum {string} */
        TaskType: "VERIFICATION" | "PHOTO" | "DELIVERY" | "INSPECTION" | "CAPTCHA_SOLVING" | "FORM_FILLING" | "BROWSER_INTERACTION" | "CONTENT_REVIEW" | "DATA_VALIDATION" | "ACCOUNT_CREATION" | "API_KEY_PROCUREMENT" | "PHONE_VERIFICATION" | "SUBSCRIPTION_SETUP";
        TaskTypeLimits: {
            default_proof_requirements: string[];
            default_proof_type: components["schemas"]["ProofType"];
            /** Format: decimal */
            max_reward_usd: number;
            /** Format: decimal */
            min_reward_usd: number;
            /** @description How this deployment treats the type. */
            policy: components["schemas"]["TaskTypePolicy"];
            requires_agent_public_key: boolean;
            requires_location: boolean;
            task_domain: components["schemas"]["TaskDomain"];
            task_type: components["schemas"]["TaskType"];
            /**
             * Format: uint8
             * @description 2 for credential tasks.
             */
            tier: number;
        };
        /** @enum {string} */
        TaskTypePolicy: "open" | "attested" | "disabled";
        TaskTypes: {
            data: components["schemas"]["TaskTypeLimits"][];
        };
        TestClock: {
            /**
             * Format: int64
             * @description How far the clock is ahead of the system's time.
             */
            ahead_seconds: number;
            /** Format: date-time */
            now: string;
        };
        TestEvent: {
            id: string;
            /** Format: date-time */
            next_at: string;
            /**
             * Format: uint64
             * @description Its place in the stream.
             */
            sequence: number;
        };
        /** @description As the operator wrote it. */
        Town: {
            city: string | null;
            country: string | null;
        };
        UpdateAgent: {
            /** @description Whose agent it is. */
            company?: string | null;
            /**
             * Format: email
             * @description Where its people can be reached.
             */
            email?: string | null;
            /** @description What the agent is called. */
            name?: string | null;
        };
        UpdateOperator: {
            /**
             * Format: email
             * @description Where the operator can be reached.
             */
            email?: string | null;
            /** @description Where the operator lives. Of `lat` and `lng` only a cell of two kilometres is kept; without them the city is looked up. */
            location?: components["schemas"]["OperatorLocation"] | null;
            /** @description Agents see first name and initial. */
            name?: string | null;
            /** @description A telephone number, in E.164. */
            phone?: string | null;
            /** @description Task types that the operator wants. */
            skills?: components["schemas"]["TaskType"][] | null;
        };
        Upload: {
            /** Format: date-time */
            expires_at: string;
            /** @description To be sent with the file. */
            headers: {
                [key: string]: string;
            };
            method: string;
            /** @description What `submit` takes in `photos`. */
            photo_url: string;
            upload_id: string;
            upload_url: string;
        };
        UsdcDeposit: {
            /** Format: decimal */
            amount_usd: number;
            chain: string;
            message: string;
            /** @description `confirmed`, `pending` or `held`. */
            status: string;
            transaction_id: string;
        };
        /** @description How far the agent lets the Guardian decide. */
        Verification: {
            /**
             * Format: uint8
             * @description What an approval by the Guardian needs, in percent.
             */
            min_confidence: number;
            mode: components["schemas"]["VerificationMode"];
        };
        /** @enum {string} */
        VerificationMode: "AUTO" | "AGENT";
        VerifiedTask: {
            message: string;
            next_action: components["schemas"]["NextAction"] | null;
            /** @description With REQUEST_CHANGES. */
            revision: components["schemas"]["Revision"] | null;
            status: components["schemas"]["TaskStatus"];
            task_id: string;
        };
        VerifyTask: {
            /** @description The agent's decision. */
            decision: components["schemas"]["ManualDecision"];
            /** @description Why not: 10 characters at least for REQUEST_CHANGES, where it is required. Refused with APPROVE. */
            reason?: string | null;
        };
        /** @description Something that must not be. */
        Violation: {
            detail: string;
            invariant: string;
            /** @description An account, an entry, a task or an item. */
            subject: string;
        };
        WantedVerification: {
            /** @description What an approval by the Guardian needs, in percent; below it you review. 90 without it, and it is never more than 95 sure. */
            min_confidence?: number | null;
            /** @description AUTO, as without it: the Guardian decides where it is sure. AGENT: you do, always, with its findings as advice. */
            mode?: components["schemas"]["VerificationMode"] | null;
        };
        /** @description Where the operator says they were. */
        Whereabouts: {
            /**
             * Format: uint32
             * @description Radius in metres.
             */
            accuracy_m: number | null;
            /** Format: date-time */
            captured_at: string | null;
            lat: number;
            lng: number;
        };
        Withdrawal: {
            address: string;
            /** Format: decimal */
            amount_usd: number;
            /**
             * Format: uint64
             * @description Blocks that the transaction had behind it at the last step, its own included.
             */
            confirmations: number | null;
            /**
             * Format: uint64
             * @description The block that the transaction is in, once the chain shows it.
             */
            confirmed_in_block: number | null;
            /** Format: date-time */
            created_at: string;
            /** @description Why it failed, if it did: the money is back in the deposit balance. */
            failure: components["schemas"]["Failure"] | null;
            status: components["schemas"]["PayoutStatus"];
            /** @description How it came to stand where it does. */
            steps: components["schemas"]["PayoutStep"][];
            /** @description The transaction that carries it, once there is one. */
            tx_hash: string | null;
            withdrawal_id: string;
        };
        WithdrawalAddress: {
            address: string;
            /**
             * Format: date-time
             * @description From here on money can go there.
             */
            usable_at: string;
            /** @description The address that counts now: this one, the one of before, or none. */
            usable_now: string | null;
        };
        /** @description A part of a list. */
        WithdrawalPage: {
            data: components["schemas"]["Withdrawal"][];
            pagination: components["schemas"]["Pagination"];
        };
    };
    responses: never;
    parameters: never;
    requestBodies: never;
    headers: {
        /** @description The media type that is taken. */
        Accept: string;
        /** @description The content coding that is taken. */
        "Accept-Encoding": string;
        /** @description Where the new thing is. */
        Location: string;
        /** @description Requests in a window of one minute. */
        "RateLimit-Limit": number;
        /** @description Requests left in this window. */
        "RateLimit-Remaining": number;
        /** @description Seconds until the window ends. */
        "RateLimit-Reset": number;
        /** @description Seconds to wait. */
        "Retry-After": number;
        /** @description How to say who one is. */
        "WWW-Authenticate": string;
        /** @description Names the request in the logs. */
        "x-request-id": string;
    };
    pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
    getAgentAsStaff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The agent.
                 * @example agent_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffAgent"];
                };
            };
        };
    };
    listDisputes: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputedTaskLinePage"];
                };
            };
        };
    };
    auditLedger: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["LedgerAudit"];
                };
            };
        };
    };
    listOperators: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
                /** @description The result; PENDING, who waits for it, unless said otherwise. */
                kyc_status?: components["schemas"]["Kyc"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorLinePage"];
                };
            };
        };
    };
    getOperatorAsStaff: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The operator.
                 * @example op_xyz789
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffOperator"];
                };
            };
        };
    };
    setKyc: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The operator.
                 * @example op_xyz789
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetKyc"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorKyc"];
                };
            };
        };
    };
    listStuckPayouts: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StuckPayoutPage"];
                };
            };
        };
    };
    listSuspense: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspendedDepositPage"];
                };
            };
        };
    };
    releaseSuspense: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The deposit's transaction.
                 * @example txn_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SuspendedDeposit"];
                };
            };
        };
    };
    getTaskAsStaff: {
        parameters: {
            query?: {
                /** @description The operator's share in basis points for which `outcomes` shows a SPLIT; 5000 if it is left out. */
                operator_share_bps?: number;
            };
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StaffTask"];
                };
            };
        };
    };
    resolveDispute: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ResolveDispute"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ResolvedDispute"];
                };
            };
        };
    };
    getBalance: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Balance"];
                };
            };
        };
    };
    depositFiat: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered alike. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepositFiat"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiatDeposit"];
                };
            };
            /** @description Accepted: not done yet, and done without another call. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FiatDeposit"];
                };
            };
        };
    };
    getDepositAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositAddress"];
                };
            };
        };
    };
    getDepositStatus: {
        parameters: {
            query: {
                /** @description As the deposit answered it. */
                payment_id: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentStatus"];
                };
            };
        };
    };
    getDepositStatusByPost: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Payment"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PaymentStatus"];
                };
            };
        };
    };
    depositUsdc: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered alike. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DepositUsdc"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsdcDeposit"];
                };
            };
            /** @description Accepted: not done yet, and done without another call. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["UsdcDeposit"];
                };
            };
        };
    };
    listDeposits: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DepositPage"];
                };
            };
        };
    };
    listApiKeys: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ApiKeys"];
                };
            };
        };
    };
    createApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["CreateApiKey"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedApiKey"];
                };
            };
        };
    };
    revokeApiKey: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The key's `id` in the list, not the key.
                 * @example key_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RevokedApiKey"];
                };
            };
        };
    };
    getAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    updateAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateAgent"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Agent"];
                };
            };
        };
    };
    registerAgent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterAgent"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredAgent"];
                };
            };
        };
    };
    getWithdrawalAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalAddress"];
                };
            };
        };
    };
    setWithdrawalAddress: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SetWithdrawalAddress"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalAddress"];
                };
            };
        };
    };
    listWithdrawals: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["WithdrawalPage"];
                };
            };
        };
    };
    requestWithdrawal: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered alike. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestWithdrawal"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
            /** @description Accepted: not done yet, and done without another call. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
        };
    };
    getWithdrawal: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The withdrawal.
                 * @example payout_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Withdrawal"];
                };
            };
        };
    };
    getDocs: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/html": string;
                };
            };
        };
    };
    getDocsFile: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The file's name.
                 * @example page.js
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "text/css": string;
                    "text/javascript": string;
                };
            };
        };
    };
    listEvents: {
        parameters: {
            query?: {
                /** @description `next_after` of the answer before; 0, as without it, for the first event that is kept. */
                after?: number;
                /** @description Only events of this task. */
                task_id?: string;
                /** @description Only events of this type. */
                type?: components["schemas"]["EventType"];
                /** @description Events to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Seconds to wait for an event where there is none; 0 unless said otherwise. */
                wait_s?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Events"];
                };
            };
        };
    };
    listEndpoints: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Endpoints"];
                };
            };
        };
    };
    enableEndpoint: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["EnableEndpoint"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["EnabledEndpoint"];
                };
            };
        };
    };
    sendTestEvent: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendTestEvent"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestEvent"];
                };
            };
        };
    };
    redeliverEvent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The event's `id`, as in `webhook-id`.
                 * @example evt_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Done. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Redelivery"];
                };
            };
        };
    };
    getHealth: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Health"];
                };
            };
        };
    };
    getOpenApi: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": {
                        [key: string]: unknown;
                    };
                };
            };
        };
    };
    getEarnings: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Earnings"];
                };
            };
        };
    };
    getOperator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
        };
    };
    updateOperator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["UpdateOperator"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Operator"];
                };
            };
        };
    };
    requestPayout: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered alike. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RequestPayout"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedPayout"];
                };
            };
            /** @description Accepted: not done yet, and done without another call. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RequestedPayout"];
                };
            };
        };
    };
    getPayoutStatus: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The payout.
                 * @example payout_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutState"];
                };
            };
        };
    };
    listPayouts: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["PayoutPage"];
                };
            };
        };
    };
    getPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Push"];
                };
            };
        };
    };
    subscribeToPush: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["Subscription"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubscribedBrowser"];
                };
            };
        };
    };
    unsubscribeFromPush: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The browser's `id`.
                 * @example push_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RemovedBrowser"];
                };
            };
        };
    };
    registerOperator: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RegisterOperator"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RegisteredOperator"];
                };
            };
        };
    };
    browseTasks: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
                /** @description Only tasks of this type. */
                task_type?: components["schemas"]["TaskType"];
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AvailableTaskPage"];
                };
            };
        };
    };
    listOperatorTasks: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedTaskLinePage"];
                };
            };
        };
    };
    getOperatorTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["OperatorTask"];
                };
            };
        };
    };
    acceptTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["AcceptedTask"];
                };
            };
        };
    };
    checkPhotos: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CheckPhotos"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedPhotos"];
                };
            };
            /** @description Accepted: not done yet, and done without another call. */
            202: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CheckedPhotos"];
                };
            };
        };
    };
    listOperatorMessages: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
        };
    };
    sendOperatorMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered alike. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessage"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    rateAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateTask"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskRating"];
                };
            };
        };
    };
    releaseTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReleasedTask"];
                };
            };
        };
    };
    startTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StartedTask"];
                };
            };
        };
    };
    stateAsOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeStatement"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatedTask"];
                };
            };
        };
    };
    submitTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["SubmitTask"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["SubmittedTask"];
                };
            };
        };
    };
    createUpload: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateUpload"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Upload"];
                };
            };
        };
    };
    searchOperators: {
        parameters: {
            query: {
                /** @description Degrees north. */
                lat: number | string;
                /** @description Degrees east. */
                lng: number | string;
                /** @description How far away; 25 unless said otherwise. */
                radius_km?: number;
                /** @description Only operators who want such tasks, or have not said which they want. */
                task_type?: components["schemas"]["TaskType"];
                /** @description Only operators who are rated so at least. */
                min_rating?: number;
                /** @description Operators to return; 20 unless said otherwise. */
                limit?: number;
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["FoundOperators"];
                };
            };
        };
    };
    listTaskTypes: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskTypes"];
                };
            };
        };
    };
    listTasks: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
                /** @description A status; MANUAL_REVIEW finds the SUBMITTED tasks that wait for `verify`. */
                status?: "PENDING" | "ACCEPTED" | "IN_PROGRESS" | "SUBMITTED" | "VERIFIED" | "COMPLETED" | "DISPUTED" | "CANCELLED" | "MANUAL_REVIEW";
            };
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskLinePage"];
                };
            };
        };
    };
    createTask: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered alike. */
                "Idempotency-Key"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["CreateTask"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CreatedTask"];
                };
            };
        };
    };
    getTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Task"];
                };
            };
        };
    };
    replaceCallbackSecret: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["ReplaceCallbackSecret"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReplacedCallbackSecret"];
                };
            };
        };
    };
    cancelTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["CancelledTask"];
                };
            };
        };
    };
    disputeTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["DisputeTask"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["DisputedTask"];
                };
            };
        };
    };
    listMessages: {
        parameters: {
            query?: {
                /** @description Entries to return; 20 unless said otherwise. */
                limit?: number;
                /** @description Entries to skip. */
                offset?: number;
                /** @description `next_cursor` of the page before; wins over `offset`. */
                cursor?: string;
            };
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["MessagePage"];
                };
            };
        };
    };
    sendMessage: {
        parameters: {
            query?: never;
            header?: {
                /** @description The same key with the same request is done once, and answered alike. */
                "Idempotency-Key"?: string;
            };
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["SendMessage"];
            };
        };
        responses: {
            /** @description Done. */
            201: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["Message"];
                };
            };
        };
    };
    rateOperator: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["RateTask"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TaskRating"];
                };
            };
        };
    };
    retrieveCredential: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetrievedCredential"];
                };
            };
        };
    };
    retrieveCredentialByPost: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["RetrievedCredential"];
                };
            };
        };
    };
    stateAsAgent: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["MakeStatement"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["StatedTask"];
                };
            };
        };
    };
    verifyTask: {
        parameters: {
            query?: never;
            header?: never;
            path: {
                /**
                 * @description The task.
                 * @example task_01kh3w5v8g3w2f7d5r6n8p9q0s
                 */
                id: string;
            };
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["VerifyTask"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["VerifiedTask"];
                };
            };
        };
    };
    getTestClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: never;
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestClock"];
                };
            };
        };
    };
    advanceTestClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["AdvanceTestClock"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestClock"];
                };
            };
        };
    };
    resetTestClock: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody?: {
            content: {
                "application/json": components["schemas"]["Nothing"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["TestClock"];
                };
            };
        };
    };
    receiveDlocalNotice: {
        parameters: {
            query?: never;
            header?: never;
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                "application/json": components["schemas"]["DlocalNotice"];
            };
        };
        responses: {
            /** @description Done. */
            200: {
                headers: {
                    [name: string]: unknown;
                };
                content: {
                    "application/json": components["schemas"]["ReceivedNotice"];
                };
            };
        };
    };
    taskEvent: {
        parameters: {
            query?: never;
            header?: {
                /** @description Hex HMAC-SHA256 of the raw body with `callback_secret`. */
                "X-HumanOps-Signature"?: string;
                /** @description The event's id (Standard Webhooks). */
                "webhook-id"?: string;
                /** @description When it was sent, in seconds since the epoch. */
                "webhook-timestamp"?: string;
                /** @description `v1,` and the base64 signature (Standard Webhooks). */
                "webhook-signature"?: string;
            };
            path?: never;
            cookie?: never;
        };
        requestBody: {
            content: {
                /**
                 * @example {
                 *       "event": "task.verified",
                 *       "guardian_result": {
                 *         "confidence": 95,
                 *         "decision": "APPROVE",
                 *         "reasoning": "All proof requirements met."
                 *       },
                 *       "id": "evt_01kh3w5v8g3w2f7d5r6n8p9q0s",
                 *       "status": "COMPLETED",
                 *       "task_id": "task_01kh3w5v8g3w2f7d5r6n8p9q0s",
                 *       "timestamp": "2026-02-06T14:31:00.000Z"
                 *     }
                 */
                "application/json": components["schemas"]["TaskEvent"];
            };
        };
        responses: {
            /** @description Received. Anything else is tried again. */
            "2XX": {
                headers: {
                    [name: string]: unknown;
                };
                content?: never;
            };
        };
    };
}
