import Kernel
import Security

/// What a line says of people: for the committee's eyes, and encrypted where it is kept.
struct LineDetails: Sendable, Equatable {
  var name: String?
  var account: String?
  var remittance: String
  /// The numbers of the bank or payment service, for looking a line up there.
  var serial: String?

  init(name: String? = nil, account: String? = nil, remittance: String = "", serial: String? = nil) {
    self.name = name
    self.account = account
    self.remittance = remittance
    self.serial = serial
  }

  init(_ line: StatementLine) {
    self.init(
      name: line.counterparty.name, account: line.counterparty.account, remittance: line.remittance,
      serial: line.serial)
  }

  /// No text of a statement holds the separator: it is a control character.
  private static let separator: Character = "\u{1F}"

  private var text: String {
    [name ?? "", account ?? "", remittance, serial ?? ""]
      .map { $0.filter { $0 != Self.separator } }.joined(separator: String(Self.separator))
  }

  private init?(text: String) {
    let parts = text.split(separator: Self.separator, omittingEmptySubsequences: false).map(String.init)
    guard parts.count == 4 else { return nil }
    func content(_ part: String) -> String? { part.isEmpty ? nil : part }
    self.init(
      name: content(parts[0]), account: content(parts[1]), remittance: parts[2], serial: content(parts[3]))
  }

  private static func address(_ line: StatementLineID, _ community: CommunityID) -> FieldAddress {
    FieldAddress("ledger_statement_line", "details", row: line, community: community)
  }

  func sealed(_ line: StatementLineID, in community: CommunityID, by cipher: FieldCipher) throws -> [UInt8] {
    try cipher.seal(text, at: Self.address(line, community))
  }

  init(sealed: [UInt8], _ line: StatementLineID, in community: CommunityID, by cipher: FieldCipher) throws {
    let text = try cipher.open(sealed, at: Self.address(line, community))
    guard let details = LineDetails(text: text) else { throw Problem.internalFault }
    self = details
  }
}
