import Database
import Kernel
import Security

/// A statement that was taken from a file, with the lines that no earlier file had.
struct StatementImport: Sendable, Equatable {
  let id: StatementImportID
  let account: StatementAccount
  /// The code of its format.
  let format: String
  let fileDigest: Digest
  let firstAt: Timestamp
  let lastAt: Timestamp
  let fileLines: Int
  let newLines: Int
  /// The sum of all lines of the file, positive for more in than out.
  let fileSum: Money
  /// What was on the account after the last line; nil where the file did not say.
  let closingBalance: Money?
  let importedBy: PersonID
  let importedAt: Timestamp

  var formatName: Phrase {
    StatementFormat.all.first { $0.code == format }?.name ?? Phrase("自定义列", "columns chosen by hand")
  }
}

/// A line as it was imported.
struct ImportedLine: Sendable, Equatable {
  let id: StatementLineID
  let statement: StatementImportID
  let account: StatementAccount
  let fileLine: Int
  let moment: Timestamp
  let hasTime: Bool
  /// Positive for what came in, negative for what went out.
  let amount: Money
  let balance: Money?
  let finding: Finding.Kind
  let details: LineDetails
}

extension ImportedLine {
  /// The money comes onto the account, and belongs to nobody known yet.
  static func suspenseJournal(
    _ id: StatementLineID, _ amount: Money, on account: StatementAccount
  ) throws -> Journal {
    try Journal(
      .statementLine, from: .init(.statementLine, id),
      [
        Journal.Entry(account.place, amount),
        Journal.Entry(Account(.suspense), try Money.zero.subtracting(amount)),
      ])
  }
}
