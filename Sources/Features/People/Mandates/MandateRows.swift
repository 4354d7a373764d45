import Database
import Kernel

extension ConfirmationWay: Storable {}
extension MandateEvidence.Kind: Storable {}
extension MandateEvidence.Place: Storable {}

extension MandateMerchants {
  /// `any`, `only:…,…`, `except:…`.
  var stored: String {
    func list(_ merchants: Set<MerchantID>) -> String {
      merchants.sorted().map(\.description).joined(separator: ",")
    }
    return switch self {
    case .any: "any"
    case .only(let merchants): "only:\(list(merchants))"
    case .except(let merchants): "except:\(list(merchants))"
    }
  }

  /// - Throws: `DatabaseError.unexpectedValue`.
  init(stored text: String) throws {
    let parts = text.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
    let merchants = try Set(
      (parts.count > 1 ? parts[1] : "").split(separator: ",").map { name in
        guard let id = MerchantID(String(name)) else {
          throw DatabaseError.unexpectedValue("no merchant in a mandate's list")
        }
        return id
      })
    switch parts[0] {
    case "any" where parts.count == 1: self = .any
    case "only" where parts.count == 2: self = .only(merchants)
    case "except" where parts.count == 2: self = .except(merchants)
    default: throw DatabaseError.unexpectedValue("no list of merchants")
    }
  }
}

extension MandateRevision {
  /// As stored: NULL for a term that stays, 0 for nobody.
  static let columns: Query = """
    mandate_id, sequence, asked_at, effective_at, asked_by_id, asked_by_role, evidence_kind, witness_id, place,
    matters, merchants, per_order, per_day, per_month, pay_ways, expires_at, confirmations, family_key_id,
    alert_person_id, statement_copy_id
    """

  init(_ row: borrowing Row) throws {
    var changes = MandateChanges()
    changes.matters = try (row[9] as String?).map { try ChoiceList.choices($0) }
    changes.merchants = try (row[10] as String?).map { try MandateMerchants(stored: $0) }
    changes.perOrder = try row[11]
    changes.perDay = try row[12]
    changes.perMonth = try row[13]
    changes.payWays = try (row[14] as String?).map { try ChoiceList.choices($0) }
    changes.expires = try row[15]
    changes.confirmations = try (row[16] as String?).map { try ChoiceList.choices($0) }
    changes.familyKey = Self.person(try row[17])
    changes.alertPerson = Self.person(try row[18])
    changes.statementCopy = Self.person(try row[19])
    self.init(
      sequence: try row[1], askedAt: try row[2], effectiveAt: try row[3], changes: changes,
      asking: MandateAsking(
        by: Actor(person: try row[4], role: try row[5]),
        MandateEvidence(try row[6], witness: try row[7], place: try row[8])))
  }

  private static let nobody = PersonID(rawValue: 0)

  private static func person(_ stored: PersonID?) -> PersonID?? {
    guard let stored else { return nil }
    return .some(stored == nobody ? nil : stored)
  }

  static func stored(_ person: PersonID??) -> PersonID? {
    guard let person else { return nil }
    return person ?? nobody
  }
}
