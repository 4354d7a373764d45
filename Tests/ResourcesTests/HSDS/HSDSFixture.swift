import Kernel
import People
import TestKit
import Web

@testable import Resources

/// Catalogues as a neighbourhood may have them, made by chance.
struct HSDSFixture {
  var random: SeededGenerator
  private let actor = Actor(person: PersonID(rawValue: 1), role: .socialWorker)

  init(seed: UInt64) {
    random = SeededGenerator(seed: seed)
  }

  static let words = [
    "助老", "陪诊", "A “quoted” word", "back\\slash", "<b>not a tag</b>", "第二行\n换行", "🏮灯笼", "tab\there",
    "ﬁ ligature",
    "e\u{301}t\u{E9}", "/", "null",
  ]

  mutating func catalogue() -> HSDSCatalogue {
    let places = (0..<Int.random(in: 0...4, using: &random)).map { place(Int64($0 + 1)) }
    let organisations = (0..<Int.random(in: 0...3, using: &random)).map { organisation(Int64($0 + 101)) }
    var services: [DirectoryService] = []
    for number in 0..<Int.random(in: 0...4, using: &random) {
      // Some are of an organisation that is not shown, or at a place that is not.
      services.append(
        service(
          Int64(number + 201), of: Int64.random(in: 101...104, using: &random),
          at: (1...5).filter { _ in Bool.random(using: &random) }))
    }
    return HSDSCatalogue(
      community: CommunityID(rawValue: 5), organisations: organisations, services: services, places: places,
      address: Bool.random(using: &random) ? address() : nil)
  }

  func documents(_ catalogue: HSDSCatalogue, _ language: Language = .chinese) -> HSDSDocuments {
    HSDSDocuments(catalogue: catalogue, language: language, offsetSeconds: 8 * 3600)
  }

  // MARK: - Parts

  private mutating func text() -> String {
    (0...Int.random(in: 0...2, using: &random)).map { _ in
      Self.words.randomElement(using: &random) ?? "词"
    }.joined(separator: " ")
  }

  private mutating func phrase() -> Phrase {
    let chinese = text()
    return Phrase(chinese, Bool.random(using: &random) ? chinese : text())
  }

  private mutating func perhaps(_ text: String) -> String { Bool.random(using: &random) ? text : "" }

  private mutating func moment() -> Timestamp {
    TestStation.start - .minutes(Int64.random(in: 0...100_000, using: &random))
  }

  private mutating func organisation(_ id: Int64) -> Organisation {
    let confirmed = moment()
    return Organisation(
      id: OrganisationID(rawValue: id),
      terms: OrganisationTerms(
        kind: Organisation.Kind.allCases.randomElement(using: &random) ?? .association, name: phrase(),
        description: phrase(), phone: perhaps("021-0000 0301"),
        website: perhaps("https://group.example/a?b=%E6%A1%82#c"), merchant: nil, visibility: .everybody),
      confirmation: .init(at: confirmed, by: actor, expiresAt: confirmed + .days(365)), closedAt: nil,
      revision: 0, createdAt: confirmed, createdBy: actor, changedAt: moment())
  }

  private mutating func service(_ id: Int64, of organisation: Int64, at places: [Int64]) -> DirectoryService {
    var terms = DirectoryServiceTerms(name: phrase(), description: phrase())
    terms.status = DirectoryService.Status.allCases.randomElement(using: &random) ?? .active
    terms.fees = perhaps("一次 20 元")
    terms.eligibility = perhaps(text())
    terms.minimumAge = Bool.random(using: &random) ? Int64.random(in: 0...60, using: &random) : nil
    terms.maximumAge = Bool.random(using: &random) ? Int64.random(in: 60...120, using: &random) : nil
    terms.languages = Bool.random(using: &random) ? ["普通话", "上海话"] : []
    terms.places = Set(places.map { PlaceID(rawValue: $0) })
    terms.opening = ["", "周一至周五 9:00–17:00；周六 9:00–12:00", "下雨不来"].randomElement(using: &random) ?? ""
    return DirectoryService(
      id: DirectoryServiceID(rawValue: id), organisation: OrganisationID(rawValue: organisation),
      terms: terms,
      revision: 0, createdAt: moment(), changedAt: moment())
  }

  mutating func hours() -> OpeningHours {
    var days: [Int: [OpeningHours.Interval]] = [:]
    for weekday in OpeningHours.weekdays {
      for _ in 0..<Int.random(in: 0...2, using: &random) {
        let opens = 60 * Int.random(in: 0...20, using: &random)
        let closes = min(1440, opens + 60 * Int.random(in: 1...6, using: &random))
        days[weekday, default: []] += [OpeningHours.Interval(opens, closes)].compactMap(\.self)
      }
    }
    return OpeningHours(days)
  }

  private mutating func place(_ id: Int64) -> Place {
    let (latitude, longitude) = (
      Double.random(in: -90...90, using: &random), Double.random(in: -180...180, using: &random)
    )
    let confirmed = moment()
    return Place(
      id: PlaceID(rawValue: id),
      terms: PlaceTerms(
        kind: Place.Kind.allCases.randomElement(using: &random) ?? .venue, name: phrase(),
        address: "桂花里 \(id) 号楼", description: perhaps(text()), hours: hours(),
        phone: perhaps("021-0000-0302"), isStepFree: [true, false, nil].randomElement(using: &random) ?? nil,
        visibility: .everybody,
        position: Bool.random(using: &random)
          ? GeoPosition(latitude: latitude, longitude: longitude) : nil),
      revision: 0, confirmedAt: confirmed, expiresAt: confirmed + Place.confirmedFor, closedAt: nil,
      createdAt: confirmed, createdBy: actor, changedAt: moment())
  }

  private mutating func address() -> KeptDirectoryAddress {
    KeptDirectoryAddress(
      address: DirectoryAddress(
        province: Phrase("上海市", "Shanghai"), city: Phrase("上海市", "Shanghai"), postalCode: "200000"),
      revision: 1, changedAt: moment())
  }
}
