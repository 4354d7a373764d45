import Database
import Kernel
import People
import Web

/// One form of a case.
typealias CaseFormDoor = FormDoor<CaseVisits>

extension CaseFormDoor {
  typealias Write = CaseVisits.Filled
}

/// The forms of a case, and who may come to them.
enum CaseForms {
  static let own = Objects.own("cases that the person works, supervises or has opened in an emergency")
  static let readers = Access.Personal.roles(CaseReader.roles)
  static let limits = [RateLimit("care.write", 120, per: .hours(1))]

  /// Every form, in the order of the work.
  static let all: [CaseFormDoor] = [
    assignment, judgement, basis, assessment, plan, intervention, note, referral, score, closing,
  ]
}

/// What a form of a case may show beside its fields.
struct CaseFormContext: FormContext {
  let view: CaseView
  /// Social workers and supervisors who may work the case.
  let workers: [StaffOption]
  let supervisors: [StaffOption]

  var open: OpenCase { view.open }

  var heading: FormHeading {
    FormHeading(
      label: view.file.label, name: view.name(view.file.person), path: "/cases/\(open.id)",
      back: Phrase("返回个案", "Back to the case"))
  }
}

extension CaseVisits: FormVisits {
  typealias Filled = @Sendable (inout OpenCase, CareSeal, Transaction) throws -> Void

  func path(_ signedIn: SignedIn) throws -> String {
    let id: CaseID = try signedIn.id("case")
    return "/cases/\(id)"
  }

  func context(
    _ signedIn: SignedIn, ifOffered isOffered: @escaping @Sendable (CaseAccess) -> Bool
  ) async throws -> CaseFormContext {
    let community = signedIn.community.id
    return try await look(signedIn) { [desk] open, opener, snapshot in
      try open.require(isOffered)
      let view = try CaseReading(desk: desk).view(open, opener, in: community, snapshot)
      let staff = try StaffOptions(
        desk.directory, except: open.file.person, in: community, snapshot)
      return CaseFormContext(view: view, workers: staff.everybody, supervisors: staff.supervisors)
    }
  }
}
