package import Kernel

/// What residents' evidence says to a department, from the question to what came of it.
package enum ReportKind {}
package typealias ReportID = Identifier<ReportKind>
