import Database
import Foundation
import Kernel
import People
import Resources
import Web

/// A quarter in which persons, merchants and organisations had to do with each other, as often as wished, and how long its
/// picture takes: from the moment at which it is asked for until it is ready.
struct BenchTies: Sendable {
  /// On average an actor has twice as many.
  static let tiesPerActor = 10
  /// What is stored in one commit.
  private static let batch = 1000
  /// Shorter than the program's own pause between two tellings, so that none is missed.
  private static let look: Duration = .milliseconds(100)

  let community: CommunityID
  let quarter: Quarter
  let ties: Int
  let actors: Int

  /// One line of the table: milliseconds, each the median of all rounds.
  struct Figure: Sendable, Equatable {
    let ties: Int
    let actors: Int
    /// From asking until the report is stored.
    let report: Double
    /// Reading the same ties and consents, and nothing more.
    let floor: Double
    /// How often one could see that the work had gone on, before it was done.
    let told: Int
  }

  // MARK: - Building

  /// Nine of ten actors are persons, all of whom agreed to be counted; whom each has to do with is drawn by a fixed seed.
  /// - Throws: `bench.failed` when the database holds a community already.
  static func build(ties: Int, in switchboard: Switchboard) async throws -> BenchTies {
    guard try await switchboard.communities().isEmpty else {
      throw Problem.bench(Phrase("请给一个空的数据库。", "Please give an empty database."))
    }
    let community = try await switchboard.people.createCommunity(
      CommunityDraft(name: Phrase("测速小区", "Measuring Gardens"), phoneNumber: "021-55550100"))
    let card = try await switchboard.database.read { snapshot in
      try switchboard.people.directory.community(community, snapshot)
    }
    guard let offset = card?.offsetSeconds else { throw Problem.internalFault }
    let quarter = Quarter(switchboard.database.clock.now(), offsetSeconds: offset).previous
    let actors = try await parties(max(ties / tiesPerActor, 4), of: community, switchboard)
    var draw = Draw()
    let start = quarter.start(offsetSeconds: offset)
    let days = (quarter.end(offsetSeconds: offset) - start) / .days(1)
    for begin in stride(from: 0, to: ties, by: batch) {
      let drawn = (begin..<min(begin + batch, ties)).map { number in
        tie(number, among: actors, at: start + .days(Int64(draw.below(Int(days)))), &draw)
      }
      try await switchboard.database.write(in: community) { transaction in
        try switchboard.resources.tieEntries.record(drawn, in: transaction)
      }
    }
    return BenchTies(community: community, quarter: quarter, ties: ties, actors: actors.count)
  }

  /// A network counts merchants and organisations by their numbers and looks nowhere else for them, so numbers will do.
  private static func parties(
    _ count: Int, of community: CommunityID, _ switchboard: Switchboard
  ) async throws -> [Party] {
    var parties: [Party] = []
    for number in 0..<(count / 10) {
      let identifiers = switchboard.database.identifiers
      parties.append(
        number % 3 == 0 ? .organisation(identifiers.next()) : .merchant(identifiers.next()))
    }
    let others = parties.count
    for start in stride(from: others, to: count, by: batch) {
      let persons = try await switchboard.people.createPersons(
        try (start..<min(start + batch, count)).map { try PersonDraft(displayName: "居民\($0)") }, in: community
      )
      try await agree(persons, in: community, switchboard.database)
      parties += persons.map(Party.person)
    }
    return parties
  }

  private static func agree(
    _ persons: [PersonID], in community: CommunityID, _ database: Database
  ) async throws {
    try await database.write(in: community) { transaction in
      guard let notice = try Consents.notice("network-ties", in: transaction) else {
        throw Problem.internalFault
      }
      for person in persons {
        try Consents.record(
          Consents.Draft(
            subject: person, notice: notice, expires: transaction.now + .days(180),
            evidence: .electronic(person)),
          isGiven: true, by: Actor(person: person, role: .resident), in: transaction)
      }
    }
  }

  private static func tie(
    _ number: Int, among actors: [Party], at moment: Timestamp, _ draw: inout Draw
  ) -> Tie {
    let one = draw.below(actors.count)
    // Any but the first, each as likely.
    let other = (one + 1 + draw.below(actors.count - 1)) % actors.count
    let (from, to) = (actors[one], actors[other])
    let kind = Tie.Kind.allCases[number % Tie.Kind.allCases.count]
    // Two who came together have no direction: the smaller stands first.
    let isTurned = kind == .coAttended && to < from
    return Tie(
      kind, from: isTurned ? to : from, to: isTurned ? from : to, at: moment, source: "bench",
      sourceID: Int64(number))
  }

  // MARK: - Measuring

  /// Floor and work take turns, after one round that is not counted.
  /// - Throws: `bench.failed` when a report does not come, or is not of all ties.
  func measure(rounds: Int, in switchboard: Switchboard) async throws -> Figure {
    var (reports, floors, told): ([Double], [Double], [Double]) = ([], [], [])
    for round in 0...rounds {
      let clock = ContinuousClock()
      let begin = clock.now
      let counted = try await switchboard.database.read { snapshot in
        try switchboard.resources.tieEntries.counted(quarter, in: community, snapshot).count
      }
      let floor = (clock.now - begin) / .milliseconds(1)
      guard counted == ties else { throw Self.unfinished }
      let (report, tellings) = try await report(in: switchboard)
      if round > 0 {
        floors.append(floor)
        reports.append(report)
        told.append(Double(tellings))
      }
    }
    return Figure(
      ties: ties, actors: actors, report: BenchRound.median(reports), floor: BenchRound.median(floors),
      told: Int(BenchRound.median(told)))
  }

  /// - Returns: milliseconds, and how often it was told how far the work is.
  private func report(in switchboard: Switchboard) async throws -> (Double, Int) {
    let entries = switchboard.resources.tieEntries
    let clock = ContinuousClock()
    let begin = clock.now
    try await switchboard.database.write(in: community) { try entries.ask(quarter, in: $0) }
    async let told = tellings(in: switchboard)
    let finished = try await switchboard.resources.networkWork.round()
    let taken = (clock.now - begin) / .milliseconds(1)
    let standing = try await standing(in: switchboard)
    guard finished == 1, let standing, standing.isReady, standing.actors ?? 0 > actors * 9 / 10 else {
      throw Self.unfinished
    }
    return (taken, try await told)
  }

  /// Looks as somebody who waits at the page does, until the report is ready.
  private func tellings(in switchboard: Switchboard) async throws -> Int {
    var seen: Set<Int64> = [0]
    while let standing = try await standing(in: switchboard), !standing.isReady {
      seen.insert(standing.done)
      try await Task.sleep(for: Self.look)
    }
    return seen.count - 1
  }

  private func standing(in switchboard: Switchboard) async throws -> TieEntries.Standing? {
    try await switchboard.database.read { snapshot in
      try switchboard.resources.tieEntries.standing(of: quarter, in: community, snapshot)
    }
  }

  private static var unfinished: Problem {
    .bench(Phrase("邻里网络没有算完。", "The network was not computed to its end."))
  }

  /// Numbers that are the same in every run (SplitMix64).
  private struct Draw {
    private var state: UInt64 = 7

    mutating func below(_ limit: Int) -> Int {
      state &+= 0x9E37_79B9_7F4A_7C15
      var mixed = state
      mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
      mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
      return Int((mixed ^ (mixed >> 31)) % UInt64(limit))
    }
  }
}

extension BenchTies.Figure {
  /// What is told as soon as it is known.
  var line: String {
    String(
      format: "network, %d ties of %d actors: %.0f ms beside %.0f, told %d times", ties, actors, report,
      floor,
      told)
  }
}
