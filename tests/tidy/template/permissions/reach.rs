//! The table: what is precious, what can be done to it, and which functions may. How it is compared is in the file above.

const WRITE: &[&str] = &["dynamodb:PutItem", "dynamodb:UpdateItem", "dynamodb:DeleteItem"];
pub(super) const SEND: &[&str] = &["sqs:SendMessage"];
pub(super) const TAKE: &[&str] = &["sqs:ReceiveMessage", "sqs:DeleteMessage"];
pub(super) const CALL: &[&str] = &["lambda:InvokeFunction"];
const READ: &[&str] = &["secretsmanager:GetSecretValue"];
const SIGN: &[&str] = &["kms:Sign", "kms:GetPublicKey"];

/// A resource, some permissions, and who holds any of them there.
pub(super) type Reach = (&'static str, &'static [&'static str], &'static [&'static str]);

pub(super) const REACH: &[Reach] = &[
    // `mcp` does what agents do; `agents` opens accounts, empty ones; `operators` too, and asks for payouts.
    (
        "LedgerTable",
        WRITE,
        &["admin", "agents", "guardian", "mcp", "operators", "payments", "payouts", "sweeper", "tasks", "watcher"],
    ),
    // From its own lists alone, as a test beside this says.
    ("LedgerTable", &["dynamodb:DeleteItem"], &["watcher"]),
    ("LedgerTable", &["dynamodb:Scan"], &["admin", "audit"]),
    (
        "CoreTable",
        WRITE,
        &[
            "admin",
            "agents",
            "callbacks",
            "events",
            "guardian",
            "mcp",
            "operators",
            "payments",
            "payouts",
            "sweeper",
            "tasks",
            "watcher",
        ],
    ),
    // Who writes nothing else there may still mark new tables.
    ("deployment of CoreTable", WRITE, &["audit", "checks", "pushes", "relay", "uploads"]),
    // `operators` takes back a proof that was put and then refused; `events` what is known against an endpoint.
    ("CoreTable", &["dynamodb:DeleteItem"], &["agents", "callbacks", "events", "operators"]),
    ("CoreTable", &["dynamodb:Scan"], &["admin", "audit"]),
    ("CoreTable", &["dynamodb:GetRecords"], &["relay"]),
    // A presigned URL may do what its signer may: `tasks`, `mcp` and `admin` sign links to photos, `uploads` signs uploads.
    // `operators` reads what is handed in, and signs links; `checks` and `guardian` look at it.
    ("ProofBucket", &["s3:PutObject"], &["uploads"]),
    ("ProofBucket", &["s3:GetObject"], &["admin", "checks", "guardian", "mcp", "operators", "tasks"]),
    ("ProofBucket", &["s3:ListBucket"], &["checks", "guardian", "operators"]),
    ("JudgeQueue", SEND, &["relay"]),
    ("JudgeQueue", TAKE, &["guardian"]),
    ("DeliverQueue", SEND, &["relay", "sweeper"]),
    ("DeliverQueue", TAKE, &["callbacks"]),
    ("PayQueue", SEND, &["relay", "sweeper"]),
    ("PayQueue", TAKE, &["payouts"]),
    ("PushQueue", SEND, &["relay"]),
    ("PushQueue", TAKE, &["pushes"]),
    ("JudgeDlq", SEND, &[]),
    ("DeliverDlq", SEND, &[]),
    ("PayDlq", SEND, &[]),
    ("PushDlq", SEND, &[]),
    ("RelayDlq", SEND, &["relay"]),
    ("SweeperDlq", SEND, &["sweeper", "SweeperScheduleRole"]),
    ("WatcherDlq", SEND, &["watcher", "WatcherScheduleRole"]),
    ("AuditDlq", SEND, &["audit", "AuditScheduleRole"]),
    ("DlocalSecret", READ, &["payments"]),
    ("CallbackKey", READ, &["callbacks"]),
    ("PushKey", READ, &["pushes"]),
    ("RpcSecretArn", READ, &["audit", "payments", "payouts", "watcher"]),
    ("GuardianKeyArn", READ, &["guardian"]),
    ("GuardianModelArns", &["bedrock:InvokeModel"], &["guardian"]),
    // Public, but who knows it knows everybody's address.
    ("DepositKeySecretArn", READ, &["payments"]),
    ("DlocalAccountArn", READ, &["payments", "watcher"]),
    ("PayoneerAccountArn", READ, &["payouts"]),
    // Invariant I9: nobody else signs.
    ("TreasuryKeySecretArn", READ, &["payouts"]),
    ("RelayerKeySecretArn", READ, &["payouts"]),
    ("TreasuryKmsKeyArn", SIGN, &["payouts"]),
    ("RelayerKmsKeyArn", SIGN, &["payouts"]),
    ("SweeperFunctionAliaslive", CALL, &["SweeperScheduleRole"]),
    ("WatcherFunctionAliaslive", CALL, &["WatcherScheduleRole"]),
    ("AuditFunctionAliaslive", CALL, &["AuditScheduleRole"]),
];
