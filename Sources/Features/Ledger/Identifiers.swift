package import Kernel

package enum AccountKind {}
package typealias AccountID = Identifier<AccountKind>

package enum JournalKind {}
package typealias JournalID = Identifier<JournalKind>

/// Money that came in for one order, or is meant to.
package enum PaymentKind {}
package typealias PaymentID = Identifier<PaymentKind>

/// Money of one payment that goes back.
package enum RefundKind {}
package typealias RefundID = Identifier<RefundKind>

package enum VoucherKind {}
package typealias VoucherID = Identifier<VoucherKind>

/// A sheet on which two people agree how many banknotes changed hands.
package enum CashHandoverKind {}
package typealias CashHandoverID = Identifier<CashHandoverKind>

package enum PayoutKind {}
package typealias PayoutID = Identifier<PayoutKind>

/// A statement that was taken from a file.
package enum StatementImportKind {}
package typealias StatementImportID = Identifier<StatementImportKind>

/// A file that somebody sent and has seen the dry run of.
enum StatementUploadKind {}
typealias StatementUploadID = Identifier<StatementUploadKind>

/// A line of an imported statement.
package enum StatementLineKind {}
package typealias StatementLineID = Identifier<StatementLineKind>

/// What a line, or a part of it, turned out to be.
package enum ExplanationKind {}
package typealias ExplanationID = Identifier<ExplanationKind>
