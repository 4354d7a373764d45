import Kernel

/// The objects of HSDS 3.0 made of ours. Source: field/socialwork.md §5, the row HSDS, and §2.10. Metadata are left out: they
/// would carry who changed what; so are contacts, which name persons.
struct HSDSDocuments: Sendable {
  typealias Member = HSDSValue.Member

  /// How much of a thing is told.
  enum Depth: Sendable {
    /// Its name and when it changed, for programs that look for what is new.
    case minimal
    /// What belongs to it alone, and what there is one of.
    case basic
    /// With everything that belongs to it.
    case full
  }

  let catalogue: HSDSCatalogue
  let language: Language
  /// By how much clocks here are ahead of UTC.
  let offsetSeconds: Int

  var community: CommunityID { catalogue.community }
  private var other: Language { language == .chinese ? .english : .chinese }

  func names(_ name: Phrase) -> [Member] {
    [
      Member("name", .text(name[language])),
      name.chinese == name.english ? nil : Member("alternate_name", .text(name[other])),
    ].compactMap(\.self)
  }

  private func minimal(_ name: String, _ changed: Timestamp) -> HSDSValue {
    .object([Member("id", .text(name)), Member("modified_date", .text(changed.description))])
  }

  // MARK: - Organizations

  /// - Parameter services: how much is told of each of its services.
  func organization(
    _ organisation: Organisation, _ depth: Depth, services: Depth = .basic
  ) -> HSDSValue {
    let id = catalogue.name(organisation.id)
    if depth == .minimal { return minimal(id, catalogue.changed(organisation)) }
    var members = plain(organisation, id)
    if depth == .full {
      members += parts(organisation, id)
      members.append(
        Member(
          "services",
          .list(
            catalogue.services(of: organisation).map { service in
              services == .full
                ? .object(plain(service) + parts(service, withPlaces: true)) : .object(plain(service))
            })))
    }
    return .object(members)
  }

  private func plain(_ organisation: Organisation, _ id: String) -> [Member] {
    let terms = organisation.terms
    return [Member("id", .text(id))] + names(terms.name) + [
      Member("description", .text(terms.description[language]))
    ] + [Member("website", said: terms.website)].compactMap(\.self)
  }

  /// What belongs to an organization but its services.
  private func parts(_ organisation: Organisation, _ id: String) -> [Member] {
    let terms = organisation.terms
    let locations = catalogue.places(of: organisation).map { location($0, .full) }
    return [
      terms.phone.isEmpty ? nil : Member("phones", .list([phone(terms.phone, "organization_id", id)])),
      Member("locations", .list(locations)),
      Member("attributes", .list([attribute(of: id, "organization", terms.kind)])),
    ].compactMap(\.self)
  }

  /// - Parameter owner: the member that names whose number it is.
  func phone(_ number: String, _ owner: String, _ id: String) -> HSDSValue {
    .object([
      Member("id", .text(HSDSIdentifiers.uuid(.phone, community, key: id))), Member(owner, .text(id)),
      Member("number", .text(number)), Member("type", .text("voice")),
    ])
  }

  private func attribute(of owner: String, _ entity: String, _ kind: Organisation.Kind) -> HSDSValue {
    .object([
      Member("id", .text(HSDSIdentifiers.uuid(.attribute, community, key: owner))),
      Member("link_id", .text(owner)), Member("link_entity", .text(entity)),
      Member("taxonomy_term_id", .text(catalogue.term(kind))), Member("taxonomy_term", term(kind)),
    ])
  }

  // MARK: - Services

  func service(_ service: DirectoryService, _ depth: Depth) -> HSDSValue {
    if depth == .minimal { return minimal(catalogue.name(service.id), catalogue.changed(service)) }
    var members = plain(service)
    if depth == .full { members += parts(service, withPlaces: true) }
    members += owner(of: service, depth)
    return .object(members)
  }

  private func plain(_ service: DirectoryService) -> [Member] {
    let terms = service.terms
    let assured = catalogue.organisation(of: service)?.confirmation.map { confirmation in
      CivilDateTime(confirmation.at, offsetSeconds: offsetSeconds).isoDate
    }
    return [
      Member("id", .text(catalogue.name(service.id))),
      Member("organization_id", .text(catalogue.name(service.organisation))),
    ] + names(terms.name)
      + [
        Member("description", .text(terms.description[language])),
        Member("status", .text(terms.status.rawValue)),
        Member("fees_description", said: terms.fees),
        Member("eligibility_description", said: terms.eligibility),
        terms.minimumAge.map { Member("minimum_age", .integer(Int($0))) },
        terms.maximumAge.map { Member("maximum_age", .integer(Int($0))) },
        assured.map { Member("assured_date", .text($0)) },
        Member("last_modified", .text(catalogue.changed(service).description)),
      ].compactMap(\.self)
  }

  /// The organization that gives a service, without its services.
  private func owner(of service: DirectoryService, _ depth: Depth) -> [Member] {
    guard let organisation = catalogue.organisation(of: service) else { return [] }
    let id = catalogue.name(organisation.id)
    let parts = depth == .full ? parts(organisation, id) : []
    return [Member("organization", .object(plain(organisation, id) + parts))]
  }

  private func parts(_ service: DirectoryService, withPlaces: Bool) -> [Member] {
    let (id, terms) = (catalogue.name(service.id), service.terms)
    let languages = terms.languages.enumerated().map { index, name -> HSDSValue in
      .object([
        Member("id", .text(HSDSIdentifiers.uuid(.language, community, service.id.rawValue, Int64(index)))),
        Member("service_id", .text(id)), Member("name", .text(name)),
      ])
    }
    var members = [
      Member("schedules", .list(schedules(of: service, "service_id", id))),
      Member("languages", .list(languages)), Member("cost_options", .list(costs(of: service, id))),
    ]
    if withPlaces {
      let places = catalogue.places(of: service).map { place -> HSDSValue in
        let joined = HSDSCatalogue.Joined(service: service, place: place)
        return .object(plain(joined) + parts(joined))
      }
      members.append(Member("service_at_locations", .list(places)))
    }
    if let organisation = catalogue.organisation(of: service) {
      members.append(Member("attributes", .list([attribute(of: id, "service", organisation.terms.kind)])))
    }
    return members
  }

  private func costs(of service: DirectoryService, _ id: String) -> [HSDSValue] {
    if service.terms.fees.isEmpty { return [] }
    return [
      .object([
        Member("id", .text(HSDSIdentifiers.uuid(.cost, community, service.id.rawValue))),
        Member("service_id", .text(id)), Member("amount_description", .text(service.terms.fees)),
      ])
    ]
  }

  // MARK: - Services at their places

  func joined(_ joined: HSDSCatalogue.Joined, _ depth: Depth) -> HSDSValue {
    if depth == .minimal { return minimal(catalogue.name(joined), catalogue.changed(joined)) }
    if depth == .basic {
      return .object(
        plain(joined) + [
          Member("location", location(joined.place, .basic)),
          Member("service", service(joined.service, .basic)),
        ])
    }
    let service =
      plain(joined.service) + parts(joined.service, withPlaces: false) + owner(of: joined.service, .full)
    return .object(plain(joined) + parts(joined) + [Member("service", .object(service))])
  }

  private func plain(_ joined: HSDSCatalogue.Joined) -> [Member] {
    [
      Member("id", .text(catalogue.name(joined))),
      Member("service_id", .text(catalogue.name(joined.service.id))),
      Member("location_id", .text(catalogue.name(joined.place.id))),
    ]
  }

  private func parts(_ joined: HSDSCatalogue.Joined) -> [Member] {
    [
      Member("schedules", .list(schedules(of: joined))), Member("location", location(joined.place, .full)),
    ]
  }

  // MARK: - Taxonomies

  private static let taxonomyName = Phrase("单位的种类", "Kinds of organisations")
  private static let taxonomyDescription = Phrase(
    "支持网络里的单位是哪一种。", "Of what kind an organisation of the support network is.")

  var taxonomy: HSDSValue {
    .object([
      Member("id", .text(catalogue.taxonomy)), Member("name", .text(Self.taxonomyName[language])),
      Member("description", .text(Self.taxonomyDescription[language])),
    ])
  }

  func taxonomySays(_ words: String) -> Bool {
    HSDSCatalogue.says([Self.taxonomyName, Self.taxonomyDescription], words)
  }

  func term(_ kind: Organisation.Kind) -> HSDSValue {
    .object([
      Member("id", .text(catalogue.term(kind))), Member("code", .text(kind.rawValue)),
      Member("name", .text(kind.name[language])), Member("description", .text(kind.name[language])),
      Member("language", .text(language == .chinese ? "zh" : "en")),
      Member("taxonomy_id", .text(catalogue.taxonomy)),
    ])
  }
}
