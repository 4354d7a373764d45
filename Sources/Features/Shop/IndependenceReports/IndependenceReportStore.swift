import Database
import Kernel
import People

/// The queries behind the community's report on how far people order by themselves.
enum IndependenceReportStore {
  /// Persons that one question names.
  private static let chunk = 256

  /// One person's orders in one month.
  private struct Count {
    let person: PersonID
    let month: Month
    var own: Int64 = 0
    var assisted: Int64 = 0
  }

  /// The report as it stands now. Who agreed to be counted is asked in this very reading.
  static func report(
    offsetSeconds: Int, _ directory: Directory, in community: CommunityID, _ snapshot: Snapshot
  ) throws -> IndependenceReport {
    let months = months(upTo: snapshot.now, offsetSeconds: offsetSeconds)
    let from = months.first?.start(offsetSeconds: offsetSeconds) ?? snapshot.now
    let helped: [PersonID] = try snapshot.values(people(helpedSince: from, in: community))
    let agreed = try directory.consent.allowed(
      helped, .statistics, .orders, to: .reportReaders, at: snapshot.now, in: community, snapshot)
    var counts: [Count] = []
    let persons = agreed.sorted()
    for start in stride(from: 0, to: persons.count, by: Self.chunk) {
      counts += try self.counts(
        of: Array(persons[start..<min(start + Self.chunk, persons.count)]), since: from,
        offsetSeconds: offsetSeconds, in: community, snapshot)
    }
    return IndependenceReport(
      months: months.map { month in (month, row(counts.filter { $0.month == month })) },
      total: row(counts), leftOut: Int64(helped.count - agreed.count))
  }

  /// Those for whom somebody else ordered in that time.
  static func people(helpedSince from: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT DISTINCT person_id FROM shop_order
    WHERE community_id = \(community) AND placed_at >= \(from) AND authority <> 'household'
      AND placed_by_id <> person_id AND fulfilment <> 'cancelled' ORDER BY person_id
    """
  }

  static func orders(of persons: [PersonID], since from: Timestamp, in community: CommunityID) -> Query {
    """
    SELECT person_id, placed_at, authority, placed_by_id FROM shop_order
    WHERE community_id = \(community) AND person_id IN \(list: persons) AND placed_at >= \(from)
      AND fulfilment <> 'cancelled' AND authority <> 'merchant'
    """
  }

  private static func counts(
    of persons: [PersonID], since from: Timestamp, offsetSeconds: Int, in community: CommunityID,
    _ snapshot: Snapshot
  ) throws -> [Count] {
    struct Key: Hashable {
      let person: PersonID
      let month: Month
    }
    var counts: [Key: Count] = [:]
    try snapshot.forEach(orders(of: persons, since: from, in: community)) { row in
      let (person, placedBy): (PersonID, PersonID) = (try row[0], try row[3])
      let month = Month(try row[1], offsetSeconds: offsetSeconds)
      let isOwn = Independence.isOwn(authority: try row[2], placedBy: placedBy, person: person)
      let key = Key(person: person, month: month)
      counts[key, default: Count(person: person, month: month)].own += isOwn ? 1 : 0
      counts[key, default: Count(person: person, month: month)].assisted += isOwn ? 0 : 1
    }
    return Array(counts.values)
  }

  private static func row(_ counts: [Count]) -> IndependenceReport.Row {
    func cell(_ orders: (Count) -> Int64) -> IndependenceReport.Cell {
      let fitting = counts.filter { orders($0) > 0 }
      return IndependenceReport.Cell(
        orders: fitting.reduce(0) { $0 + orders($1) }, people: Int64(Set(fitting.map(\.person)).count))
    }
    return IndependenceReport.Row(
      own: cell(\.own), assisted: cell(\.assisted), all: cell { $0.own + $0.assisted })
  }

  private static func months(upTo now: Timestamp, offsetSeconds: Int) -> [Month] {
    let last = Month(now, offsetSeconds: offsetSeconds)
    return sequence(first: last) { $0.previous }.prefix(IndependenceReport.monthCount).reversed()
  }
}
