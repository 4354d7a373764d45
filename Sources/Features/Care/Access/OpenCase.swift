package import Database
package import Kernel
package import People

/// A case that somebody may see: there is no other way to one than through the check.
package struct OpenCase: OpenMatter {
  package var file: CaseFile
  package let access: CaseAccess
  package let basis: CareBasis
  /// The reader, in the role in which they have to do with the case.
  package let actor: Actor

  fileprivate init(file: CaseFile, access: CaseAccess, basis: CareBasis, actor: Actor) {
    self.file = file
    self.access = access
    self.basis = basis
    self.actor = actor
  }

  package var id: CaseID { file.id }
  var client: PersonID? { file.person }
  var events: Int64 { file.standing.events }
  var refusal: Problem { .caseForbidden }
  static var stale: Problem { .caseStale }

  /// The texts of this case that its reader may read.
  var texts: TextScope { TextScope([id: access], reader: actor.person) }

  /// - Throws: `case.no_basis` where the person has not agreed, `forbidden` for those who may only read.
  package func requireWriting() throws {
    if access.mayWrite { return }
    throw access.relation == .worker ? Problem.caseWithoutBasis : .caseForbidden
  }
}

/// Where it is decided which cases exist for whom.
package struct CaseDoorkeeper: Sendable {
  let directory: Directory

  /// A case, for whoever may see it.
  /// - Throws: `not_found` alike for cases that are not there and for those of others.
  package func open(
    _ id: CaseID, for reader: CaseReader, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> OpenCase {
    let scope = CaseScope(reader, at: snapshot.now)
    guard let file = try CaseStore.find(id, scope, in: community, snapshot),
      let open = try self.open([file], for: reader, in: community, snapshot).first
    else { throw Problem.notFound }
    return open
  }

  /// Those of these cases that the reader may see, in their order.
  package func open(
    _ files: [CaseFile], for reader: CaseReader, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [OpenCase] {
    let glasses = try GlassStore.open(by: reader.person, at: snapshot.now, in: community, snapshot)
    let bases = try bases(of: files, in: community, snapshot)
    return files.compactMap { file in
      let basis = bases[file.id] ?? .none
      let facts = CaseAccess.Facts(
        person: file.person, worker: file.standing.worker, supervisor: file.standing.supervisor,
        stage: file.standing.stage, basis: basis, glassIsOpen: glasses.contains(file.id))
      guard let access = CaseAccess.of(reader, to: facts) else { return nil }
      return OpenCase(
        file: file, access: access, basis: basis, actor: Self.actor(reader, access.relation))
    }
  }

  /// On what ground each of these persons is worked with now: their consent first, and a law where they gave none.
  package func bases(
    of files: [CaseFile], in community: CommunityID, _ snapshot: Snapshot
  ) throws -> [CaseID: CareBasis] {
    var bases: [CaseID: CareBasis] = [:]
    for file in files {
      if let consent = try serviceConsent(of: file.person, in: community, snapshot) {
        bases[file.id] = .consented(consent)
      } else if let statutory = file.standing.basis {
        bases[file.id] = .statutory(statutory)
      }
    }
    return bases
  }

  /// The consent to casework that the person gave and the gate still honours.
  private func serviceConsent(
    of person: PersonID, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> ConsentID? {
    let now = snapshot.now
    guard
      try directory.consent.allows(
        person, .casework, .circumstances, to: .station, at: now, in: community, snapshot)
    else { return nil }
    return try directory.consents(of: person, code: CareNotices.service, in: community, snapshot)
      .first { $0.0.state(at: now) == .given }?.0.id
  }

  private static func actor(_ reader: CaseReader, _ relation: CaseRelation) -> Actor {
    let role: Role =
      switch relation {
      case .worker, .glass: reader.roles.contains(.socialWorker) ? .socialWorker : .supervisor
      case .supervisor, .duty: .supervisor
      }
    return Actor(person: reader.person, role: role)
  }
}

/// The codes of the notices that Care asks consent under.
package enum CareNotices {
  package static let service = "casework-service"
  package static let referral = "casework-referral"
}

extension Problem {
  static let caseForbidden = Problem(
    "case.forbidden", status: 403,
    Phrase("您在这个个案里不能做这件事。", "Your part in this case does not allow this."),
    advice: Phrase("需要的话，请找办案社工或督导。", "If it is needed, please ask the case’s worker or supervisor."))

  static let caseWithoutBasis = Problem(
    "case.no_basis", status: 403,
    Phrase(
      "本人没有同意服务，或者已经收回，不能再往下写。",
      "The person has not agreed to the service, or took it back; nothing more may be written."),
    advice: Phrase("可以再问一次，或者办结案。", "You may ask once more, or end the case."))
}
