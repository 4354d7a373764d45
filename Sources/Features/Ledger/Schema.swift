package import Database

/// The Ledger's tables, newest step last.
///
/// That a journal balances is declared, not hoped for: its entries are a chain of running sums that begins at zero and,
/// at the last one, has to end there; and the entries of an account are a chain of balances, each on its side.
package let ledgerMigrations: [Migration] = [
  Migration(
    "ledger", 1, "accounts, journals, entries, closed periods, payments, refunds, statements",
    [
      """
      CREATE TABLE ledger_account (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, party_kind TEXT NOT NULL,
        party_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, currency TEXT NOT NULL, opened_at BIGINT NOT NULL,
        UNIQUE (community_id, kind, party_kind, party_id, campaign_id, currency), UNIQUE (id, currency))
      """,
      "CREATE INDEX ledger_account_party ON ledger_account (community_id, party_kind, party_id)",
      "CREATE INDEX ledger_account_campaign ON ledger_account (community_id, campaign_id) WHERE campaign_id <> 0",
      """
      CREATE TABLE ledger_closing (
        community_id BIGINT NOT NULL, closed_until BIGINT NOT NULL, closed_by_id BIGINT NOT NULL,
        closed_at BIGINT NOT NULL, PRIMARY KEY (community_id, closed_until))
      """,
      """
      CREATE TABLE ledger_journal (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, kind TEXT NOT NULL, source_kind TEXT NOT NULL,
        source_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, currency TEXT NOT NULL,
        last_position BIGINT NOT NULL CHECK (last_position >= 1),
        reverses_id BIGINT REFERENCES ledger_journal (id),
        actor_id BIGINT NOT NULL, on_behalf_of_id BIGINT, dated_at BIGINT NOT NULL, posted_at BIGINT NOT NULL,
        closed_until BIGINT, CHECK (closed_until IS NULL OR dated_at >= closed_until),
        FOREIGN KEY (community_id, closed_until) REFERENCES ledger_closing (community_id, closed_until),
        UNIQUE (community_id, source_kind, source_id, kind), UNIQUE (id, last_position, currency))
      """,
      "CREATE UNIQUE INDEX ledger_journal_reversed ON ledger_journal (reverses_id) WHERE reverses_id IS NOT NULL",
      "CREATE INDEX ledger_journal_dated ON ledger_journal (community_id, dated_at, id)",
      "CREATE INDEX ledger_journal_campaign ON ledger_journal (community_id, campaign_id, id) WHERE campaign_id <> 0",
      """
      CREATE TABLE ledger_entry (
        journal_id BIGINT NOT NULL, position BIGINT NOT NULL, community_id BIGINT NOT NULL,
        account_id BIGINT NOT NULL, sequence BIGINT NOT NULL, currency TEXT NOT NULL,
        amount BIGINT NOT NULL CHECK (amount <> 0),
        sum_before BIGINT NOT NULL, sum_after BIGINT NOT NULL CHECK (sum_after = sum_before + amount),
        balance_before BIGINT NOT NULL, balance BIGINT NOT NULL CHECK (balance = balance_before + amount),
        side TEXT NOT NULL, last_position BIGINT NOT NULL,
        previous_position BIGINT, next_position BIGINT, previous_sequence BIGINT,
        CHECK ((side = 'debit' AND balance >= 0) OR (side = 'credit' AND balance <= 0) OR side = 'either'),
        CHECK ((position = 0 AND previous_position IS NULL AND sum_before = 0)
          OR (position > 0 AND previous_position IS NOT NULL AND previous_position = position - 1)),
        CHECK ((position = last_position AND next_position IS NULL AND sum_after = 0)
          OR (position < last_position AND next_position IS NOT NULL AND next_position = position + 1)),
        CHECK ((sequence = 1 AND previous_sequence IS NULL AND balance_before = 0)
          OR (sequence > 1 AND previous_sequence IS NOT NULL AND previous_sequence = sequence - 1)),
        FOREIGN KEY (journal_id, last_position, currency) REFERENCES ledger_journal (id, last_position, currency),
        FOREIGN KEY (account_id, currency) REFERENCES ledger_account (id, currency),
        FOREIGN KEY (journal_id, previous_position, sum_before)
          REFERENCES ledger_entry (journal_id, position, sum_after),
        FOREIGN KEY (journal_id, next_position) REFERENCES ledger_entry (journal_id, position)
          DEFERRABLE INITIALLY DEFERRED,
        FOREIGN KEY (account_id, previous_sequence, balance_before)
          REFERENCES ledger_entry (account_id, sequence, balance),
        PRIMARY KEY (journal_id, position), UNIQUE (journal_id, position, sum_after),
        UNIQUE (account_id, sequence), UNIQUE (account_id, sequence, balance))
      """,
      """
      CREATE TABLE ledger_payment (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, order_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL,
        channel TEXT NOT NULL, amount BIGINT NOT NULL CHECK (amount > 0), state TEXT NOT NULL, taken_by_id BIGINT,
        voucher_id BIGINT, created_at BIGINT NOT NULL, received_at BIGINT,
        reference TEXT, prompt TEXT, transaction_number TEXT, expires_at BIGINT, ask_at BIGINT,
        asked BIGINT NOT NULL DEFAULT 0,
        refunded BIGINT NOT NULL CHECK (refunded >= 0 AND refunded <= amount),
        CHECK ((state = 'received') = (received_at IS NOT NULL)), CHECK (state = 'received' OR refunded = 0))
      """,
      "CREATE INDEX ledger_payment_order ON ledger_payment (order_id, id)",
      """
      CREATE UNIQUE INDEX ledger_payment_reference ON ledger_payment (community_id, reference)
      WHERE reference IS NOT NULL
      """,
      """
      CREATE UNIQUE INDEX ledger_payment_transaction ON ledger_payment (channel, transaction_number)
      WHERE transaction_number IS NOT NULL
      """,
      "CREATE INDEX ledger_payment_pending ON ledger_payment (community_id, channel, id) WHERE state = 'pending'",
      "CREATE INDEX ledger_payment_ask ON ledger_payment (ask_at) WHERE ask_at IS NOT NULL",
      "CREATE INDEX ledger_payment_campaign ON ledger_payment (campaign_id, order_id)",
      """
      CREATE TABLE ledger_refund (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, payment_id BIGINT NOT NULL REFERENCES ledger_payment (id),
        order_id BIGINT NOT NULL, campaign_id BIGINT NOT NULL, channel TEXT NOT NULL,
        amount BIGINT NOT NULL CHECK (amount > 0), reason TEXT NOT NULL, state TEXT NOT NULL,
        promised_at BIGINT NOT NULL, paid_at BIGINT, paid_by_id BIGINT, ask_at BIGINT,
        asked BIGINT NOT NULL DEFAULT 0, refusal TEXT, other_way TEXT, agreement BYTEA, paid_again_at BIGINT,
        CHECK ((state = 'paid') = (paid_at IS NOT NULL)), CHECK (state <> 'refused' OR refusal IS NOT NULL),
        CHECK ((other_way IS NULL) = (agreement IS NULL)), CHECK (other_way IS NULL OR state = 'paid'),
        CHECK (paid_again_at IS NULL OR other_way IS NOT NULL))
      """,
      "CREATE INDEX ledger_refund_order ON ledger_refund (order_id, id)",
      "CREATE INDEX ledger_refund_ask ON ledger_refund (ask_at) WHERE ask_at IS NOT NULL",
      "CREATE INDEX ledger_refund_payment ON ledger_refund (payment_id)",
      """
      CREATE INDEX ledger_refund_open ON ledger_refund (community_id, id) WHERE state IN ('due', 'sent', 'refused')
      """,
      """
      CREATE INDEX ledger_refund_due_in_cash ON ledger_refund (community_id, campaign_id, id)
      WHERE state = 'due' AND channel = 'cash'
      """,
      """
      CREATE INDEX ledger_refund_paid_again ON ledger_refund (community_id, paid_again_at)
      WHERE paid_again_at IS NOT NULL
      """,
      """
      CREATE TABLE ledger_campaign (
        campaign_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, returns_until BIGINT NOT NULL, matured_at BIGINT)
      """,
      """
      CREATE TABLE ledger_cash_handover (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, giver_id BIGINT NOT NULL,
        declared BIGINT NOT NULL CHECK (declared > 0), counted BIGINT CHECK (counted >= 0), counted_by_id BIGINT,
        state TEXT NOT NULL, declared_at BIGINT NOT NULL, counted_at BIGINT, ended_at BIGINT,
        CHECK (counted_by_id <> giver_id), CHECK (state <> 'received' OR counted_by_id IS NOT NULL))
      """,
      """
      CREATE INDEX ledger_cash_handover_open ON ledger_cash_handover (community_id, id)
      WHERE state IN ('declared', 'differs')
      """,
      "CREATE INDEX ledger_cash_handover_giver ON ledger_cash_handover (community_id, giver_id, id)",
      """
      CREATE TABLE ledger_fund (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, name_zh TEXT NOT NULL, name_en TEXT NOT NULL,
        donor TEXT NOT NULL, purpose TEXT NOT NULL, created_at BIGINT NOT NULL, closed_at BIGINT)
      """,
      "CREATE INDEX ledger_fund_community ON ledger_fund (community_id, id)",
      """
      CREATE TABLE ledger_voucher (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, fund_id BIGINT NOT NULL REFERENCES ledger_fund (id),
        household_id BIGINT NOT NULL, amount BIGINT NOT NULL CHECK (amount > 0), expires_at BIGINT NOT NULL,
        issued_by_id BIGINT NOT NULL, issued_at BIGINT NOT NULL, ended_at BIGINT)
      """,
      "CREATE INDEX ledger_voucher_fund ON ledger_voucher (fund_id, id)",
      "CREATE INDEX ledger_voucher_household ON ledger_voucher (household_id, expires_at)",
      """
      CREATE TABLE ledger_payout (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, party_kind TEXT NOT NULL, party_id BIGINT NOT NULL,
        amount BIGINT NOT NULL CHECK (amount > 0), way TEXT NOT NULL, reference TEXT NOT NULL,
        paid_by_id BIGINT NOT NULL, paid_at BIGINT NOT NULL)
      """,
      "CREATE INDEX ledger_payout_party ON ledger_payout (community_id, party_kind, party_id, id)",
      """
      CREATE TABLE ledger_rules (
        community_id BIGINT PRIMARY KEY, platform_rate BIGINT NOT NULL, cash_float BIGINT NOT NULL,
        bank_account TEXT NOT NULL)
      """,
      """
      CREATE TABLE ledger_statement_upload (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, person_id BIGINT NOT NULL, account TEXT NOT NULL,
        file_name TEXT NOT NULL, content BYTEA NOT NULL, sent_at BIGINT NOT NULL, expires_at BIGINT NOT NULL)
      """,
      "CREATE INDEX ledger_statement_upload_expiry ON ledger_statement_upload (community_id, expires_at)",
      """
      CREATE TABLE ledger_statement_import (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, account TEXT NOT NULL, format TEXT NOT NULL,
        file_digest BYTEA NOT NULL, first_at BIGINT NOT NULL, last_at BIGINT NOT NULL,
        file_lines BIGINT NOT NULL, new_lines BIGINT NOT NULL CHECK (new_lines BETWEEN 1 AND file_lines),
        file_sum BIGINT NOT NULL, closing_balance BIGINT, imported_by_id BIGINT NOT NULL, imported_at BIGINT NOT NULL,
        CHECK (last_at >= first_at), UNIQUE (community_id, account, file_digest), UNIQUE (id, account))
      """,
      "CREATE INDEX ledger_statement_import_last ON ledger_statement_import (community_id, account, last_at)",
      """
      CREATE TABLE ledger_statement_line (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, import_id BIGINT NOT NULL, account TEXT NOT NULL,
        digest BYTEA NOT NULL, file_line BIGINT NOT NULL, moment BIGINT NOT NULL, has_time BIGINT NOT NULL,
        amount BIGINT NOT NULL CHECK (amount <> 0), balance BIGINT, finding TEXT NOT NULL, details BYTEA NOT NULL,
        FOREIGN KEY (import_id, account) REFERENCES ledger_statement_import (id, account),
        UNIQUE (community_id, account, digest), UNIQUE (id, amount))
      """,
      "CREATE INDEX ledger_statement_line_import ON ledger_statement_line (import_id, file_line)",
      "CREATE INDEX ledger_statement_line_moment ON ledger_statement_line (community_id, account, moment)",
      """
      CREATE TABLE ledger_explanation (
        id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, line_id BIGINT NOT NULL, line_amount BIGINT NOT NULL,
        position BIGINT NOT NULL, previous_position BIGINT, kind TEXT NOT NULL,
        amount BIGINT NOT NULL CHECK (amount <> 0), left_before BIGINT NOT NULL,
        left_over BIGINT NOT NULL CHECK (left_over = left_before - amount),
        source_kind TEXT, source_id BIGINT, withdraws_id BIGINT REFERENCES ledger_explanation (id),
        explained_by_id BIGINT NOT NULL, explained_at BIGINT NOT NULL,
        CHECK ((line_amount > 0 AND left_over >= 0 AND left_over <= line_amount)
          OR (line_amount < 0 AND left_over <= 0 AND left_over >= line_amount)),
        CHECK ((position = 0 AND previous_position IS NULL AND left_before = line_amount)
          OR (position > 0 AND previous_position IS NOT NULL AND previous_position = position - 1)),
        CHECK ((source_kind IS NULL) = (source_id IS NULL)),
        CHECK ((kind = 'withdrawn') = (withdraws_id IS NOT NULL)),
        FOREIGN KEY (line_id, line_amount) REFERENCES ledger_statement_line (id, amount),
        FOREIGN KEY (line_id, previous_position, left_before)
          REFERENCES ledger_explanation (line_id, position, left_over),
        UNIQUE (line_id, position), UNIQUE (line_id, position, left_over))
      """,
      """
      CREATE INDEX ledger_explanation_source ON ledger_explanation (community_id, source_kind, source_id)
      WHERE source_kind IS NOT NULL
      """,
      """
      CREATE UNIQUE INDEX ledger_explanation_withdrawn ON ledger_explanation (withdraws_id)
      WHERE withdraws_id IS NOT NULL
      """,
      """
      CREATE TABLE ledger_suspense_item (
        line_id BIGINT PRIMARY KEY, community_id BIGINT NOT NULL, line_amount BIGINT NOT NULL, moment BIGINT NOT NULL,
        left_over BIGINT NOT NULL, explanations BIGINT NOT NULL CHECK (explanations >= 0),
        FOREIGN KEY (line_id, line_amount) REFERENCES ledger_statement_line (id, amount))
      """,
      """
      CREATE INDEX ledger_suspense_item_open ON ledger_suspense_item (community_id, moment, line_id)
      WHERE left_over <> 0
      """,
      """
      CREATE TABLE ledger_statement_naming (
        community_id BIGINT NOT NULL, headings_digest BYTEA NOT NULL, date_heading TEXT NOT NULL, time_heading TEXT,
        amounts TEXT NOT NULL, first_heading TEXT NOT NULL, second_heading TEXT, name_heading TEXT,
        account_heading TEXT, text_headings TEXT NOT NULL, serial_heading TEXT, balance_heading TEXT,
        named_by_id BIGINT NOT NULL, named_at BIGINT NOT NULL,
        CHECK ((amounts = 'signed') = (second_heading IS NULL)), PRIMARY KEY (community_id, headings_digest))
      """,
      """
      CREATE TABLE ledger_service_bill (
        community_id BIGINT NOT NULL, account TEXT NOT NULL, day BIGINT NOT NULL, state TEXT NOT NULL,
        expected_at BIGINT NOT NULL, ask_at BIGINT, asked BIGINT NOT NULL, doubt TEXT,
        import_id BIGINT REFERENCES ledger_statement_import (id),
        CHECK ((state = 'waiting') = (ask_at IS NOT NULL)), CHECK ((state = 'imported') = (import_id IS NOT NULL)),
        PRIMARY KEY (community_id, day, account))
      """,
      "CREATE INDEX ledger_service_bill_ask ON ledger_service_bill (ask_at) WHERE ask_at IS NOT NULL",
      "CREATE INDEX ledger_service_bill_day ON ledger_service_bill (day, account, community_id)",
    ],
    appendOnly: [
      "ledger_account", "ledger_closing", "ledger_journal", "ledger_entry", "ledger_payout",
      "ledger_statement_import", "ledger_statement_line", "ledger_explanation",
    ])
]
