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
