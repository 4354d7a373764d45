package import Database
package import Kernel
package import Messages
package import People
package import Security
package import Web

/// The front door of Policy: what is decided for residents and how they have their say in it.
package struct Policy: Sendable {
  let database: Database
  /// The policies and their versions, for whoever points at them.
  package let library: PolicyLibrary
  let eligibility: Eligibility
  let proposals: Proposals
  let reports: Reports

  /// - Parameters:
  ///   - directory: what may be asked about people, consent among it.
  ///   - vault: what is sensitive is sealed under its keys.
  ///   - messenger: through which people are told.
  ///   - meetings: the residents' meetings that proposals come from.
  ///   - reportPorts: what reports rest on, quote and count.
  package init(
    database: Database, directory: Directory, vault: Vault, messenger: Messenger,
    meetings: MeetingDirectory = .none, reportPorts: ReportPorts = .none
  ) {
    self.database = database
    library = PolicyLibrary(directory: directory, messenger: messenger)
    eligibility = Eligibility(
      database: database, directory: directory, vault: vault, messenger: messenger, shelf: library.shelf)
    proposals = Proposals(
      database: database, directory: directory, vault: vault, messenger: messenger, meetings: meetings,
      policies: library.proposalPolicies)
    reports = Reports(
      database: database, directory: directory, messenger: messenger, library: library, ports: reportPorts)
  }

  /// Where it is entered from the pages of the site.
  package static let navigation: [NavigationItem] =
    PolicyLibrary.navigation + Proposals.navigation + Eligibility.navigation + Reports.navigation

  /// What may be begun with a person, for the person's page at the desk.
  package static let personItems: [NavigationItem] = Proposals.personItems

  /// What other features may hint at on their pages.
  package var hints: PolicyHints { eligibility.hints }

  /// All its doors.
  package func register(on routes: inout Routes) {
    library.register(on: &routes, database: database)
    eligibility.register(on: &routes)
    proposals.register(on: &routes)
    reports.register(on: &routes)
  }

  /// What it does later.
  package var jobs: [JobHandler] { library.jobs + eligibility.jobs + proposals.jobs + reports.jobs }

  /// Everything that it tells people of.
  package static let messageKinds: [MessageKind] =
    PolicyLibrary.messageKinds + Eligibility.messageKinds + Proposals.messageKinds
    + Reports.messageKinds

  /// Every way in which what is stored contradicts its rules.
  package func breaches(_ snapshot: Snapshot) throws -> [Breach] {
    try snapshot.breaches(of: PolicyLibrary.invariants + ProposalInvariants.invariants + Reports.invariants)
      + Eligibility.breaches(snapshot)
  }

  /// What it keeps about persons.
  package var personRecords: PersonRecords {
    PersonRecords(
      Phrase("政策和提案", "Policies and proposals"),
      tables: PolicyPersonRows.tables + EligibilityPersonRows.tables + ProposalPersonRows.tables
        + ReportPersonRows.tables,
      acts: PolicyPersonRows.acts + EligibilityPersonRows.acts + ProposalPersonRows.acts
        + ReportPersonRows.acts,
      impersonal: PolicyPersonRows.impersonal + EligibilityPersonRows.impersonal
        + ProposalPersonRows.impersonal + ReportPersonRows.impersonal)
  }

  /// How long it keeps what, for the page that tells everyone.
  package static let retentionRules: [RetentionRule] =
    PolicyLibrary.retentionRules + Eligibility.retentionRules + Proposals.retentionRules
    + Reports.retentionRules
}

extension PolicyLibrary {
  /// The policies that proposals may point at.
  var proposalPolicies: ProposalPolicies {
    let card: @Sendable (Card) -> ProposalPolicies.Card = {
      ProposalPolicies.Card(id: $0.id, title: $0.title.chinese, version: $0.version)
    }
    return ProposalPolicies(
      choices: { try choices(in: $0, $1).map(card) },
      card: { id, community, snapshot in try cards([id], in: community, snapshot)[id].map(card) })
  }
}
