/// What a person is in a community. A person may hold several; every route names the roles that may use it.
package enum Role: String, Sendable, Hashable, CaseIterable, Comparable {
  case resident
  case leader
  case merchant
  case courier
  case socialWorker = "social_worker"
  case supervisor
  case committee
  case governmentReader = "government_reader"
  case `operator`

  package static func < (left: Role, right: Role) -> Bool {
    left.position < right.position
  }

  private var position: Int { Self.allCases.firstIndex(of: self) ?? 0 }

  package var name: Phrase {
    switch self {
    case .resident: Phrase("居民", "Resident")
    case .leader: Phrase("团长", "Group leader")
    case .merchant: Phrase("商户", "Merchant")
    case .courier: Phrase("配送员", "Courier")
    case .socialWorker: Phrase("社工", "Social worker")
    case .supervisor: Phrase("督导", "Supervisor")
    case .committee: Phrase("居委会", "Neighbourhood committee")
    case .governmentReader: Phrase("政府查阅员", "Government reader")
    case .operator: Phrase("系统管理员", "Operator")
    }
  }

  /// Staff see other people's data, so they sign in with a second factor (ASVS 5.0 6.3.3) and for a shorter time.
  package var isStaff: Bool {
    switch self {
    case .resident, .leader, .merchant, .courier: false
    case .socialWorker, .supervisor, .committee, .governmentReader, .operator: true
    }
  }
}
