import Kernel

/// The objects of HSDS 3.0 made of ours. Source: field/socialwork.md §5, the row HSDS, and §2.10. Metadata are left out: they
/// would carry who changed what.
struct HSDSDocuments: Sendable {
  typealias Member = HSDSValue.Member

  let catalogue: HSDSCatalogue
  let language: Language

  private var community: CommunityID { catalogue.community }
  private var other: Language { language == .chinese ? .english : .chinese }

  private func names(_ name: Phrase) -> [Member] {
    [
      Member("name", .text(name[language])),
      name.chinese == name.english ? nil : Member("alternate_name", .text(name[other])),
    ].compactMap(\.self)
  }

  // MARK: - Organizations

  func organization(_ organisation: Organisation, isFull: Bool = false) -> HSDSValue {
    let (id, terms) = (catalogue.name(organisation.id), organisation.terms)
    var members: [Member] = [Member("id", .text(id))] + names(terms.name)
    members.append(Member("description", .text(terms.description[language])))
    members += [Member("website", said: terms.website)].compactMap(\.self)
    if !terms.phone.isEmpty {
      members.append(Member("phones", .list([phone(of: organisation)])))
    }
    if isFull {
      let services = catalogue.services.filter { $0.organisation == organisation.id }
      members.append(Member("services", .list(services.map { service($0) })))
    }
    members.append(attributes(of: id, organisation.terms.kind))
    return .object(members)
  }

  private func phone(of organisation: Organisation) -> HSDSValue {
    .object([
      Member("id", .text(HSDSIdentifiers.uuid(.phone, community, organisation.id.rawValue))),
      Member("number", .text(organisation.terms.phone)),
    ])
  }

  private func attributes(of owner: String, _ kind: Organisation.Kind) -> Member {
    Member(
      "attributes",
      .list([
        .object([
          Member("id", .text(HSDSIdentifiers.uuid(.attribute, community, key: owner))),
          Member("link_id", .text(owner)), Member("taxonomy_term_id", .text(catalogue.term(kind))),
          Member("taxonomy_term", term(kind)),
        ])
      ]))
  }

  // MARK: - Services

  func service(_ service: DirectoryService, isFull: Bool = false) -> HSDSValue {
    let (id, terms) = (catalogue.name(service.id), service.terms)
    let organisation = catalogue.organisation(of: service)
    var members: [Member] = [Member("id", .text(id))] + names(terms.name)
    members.append(Member("description", .text(terms.description[language])))
    members.append(Member("status", .text(terms.status.rawValue)))
    members.append(Member("organization_id", .text(catalogue.name(service.organisation))))
    members += [
      Member("fees_description", said: terms.fees),
      Member("eligibility_description", said: terms.eligibility),
      terms.minimumAge.map { Member("minimum_age", .integer(Int($0))) },
      terms.maximumAge.map { Member("maximum_age", .integer(Int($0))) },
      Member("last_modified", .text(service.changedAt.description)),
    ].compactMap(\.self)
    if isFull {
      members += full(service, id)
      if let organisation { members.append(Member("organization", organization(organisation))) }
    }
    if let organisation { members.append(attributes(of: id, organisation.terms.kind)) }
    return .object(members)
  }

  private func full(_ service: DirectoryService, _ id: String) -> [Member] {
    let terms = service.terms
    let languages = terms.languages.enumerated().map { index, name -> HSDSValue in
      .object([
        Member("id", .text(HSDSIdentifiers.uuid(.language, community, service.id.rawValue, Int64(index)))),
        Member("service_id", .text(id)), Member("name", .text(name)),
      ])
    }
    let places = catalogue.places(of: service).map { place in
      joined(HSDSCatalogue.Joined(service: service, place: place), withService: false)
    }
    var members = [
      Member("languages", .list(languages)), Member("service_at_locations", .list(places)),
    ]
    if !terms.opening.isEmpty {
      let schedule: HSDSValue = .object([
        Member("id", .text(HSDSIdentifiers.uuid(.schedule, community, service.id.rawValue))),
        Member("service_id", .text(id)), Member("description", .text(terms.opening)),
      ])
      members.append(Member("schedules", .list([schedule])))
    }
    if !terms.fees.isEmpty {
      let cost: HSDSValue = .object([
        Member("id", .text(HSDSIdentifiers.uuid(.cost, community, service.id.rawValue))),
        Member("service_id", .text(id)), Member("amount_description", .text(terms.fees)),
      ])
      members.append(Member("cost_options", .list([cost])))
    }
    return members
  }

  // MARK: - Locations

  func joined(_ joined: HSDSCatalogue.Joined, withService: Bool) -> HSDSValue {
    var members = [
      Member("id", .text(catalogue.name(joined))),
      Member("service_id", .text(catalogue.name(joined.service.id))),
      Member("location_id", .text(catalogue.name(joined.place.id))),
    ]
    if withService { members.append(Member("service", service(joined.service))) }
    members.append(Member("location", location(joined.place)))
    return .object(members)
  }

  func location(_ place: PlaceCard) -> HSDSValue {
    let id = catalogue.name(place.id)
    var members: [Member] = [Member("id", .text(id)), Member("location_type", .text("physical"))]
    members += names(place.name)
    if let position = place.position {
      members.append(Member("latitude", .decimal(position.latitude)))
      members.append(Member("longitude", .decimal(position.longitude)))
    }
    if !place.address.isEmpty { members.append(Member("addresses", .list([address(place, id)]))) }
    return .object(members)
  }

  /// The one line that we keep stands whole in the first field. The others are required, and stay empty rather than guessed.
  private func address(_ place: PlaceCard, _ location: String) -> HSDSValue {
    .object([
      Member("id", .text(HSDSIdentifiers.uuid(.address, community, place.id.rawValue))),
      Member("location_id", .text(location)), Member("address_1", .text(place.address)),
      Member("city", .text("")), Member("state_province", .text("")), Member("postal_code", .text("")),
      Member("country", .text("CN")), Member("address_type", .text("physical")),
    ])
  }

  // MARK: - Taxonomies

  var taxonomy: HSDSValue {
    let description = Phrase("支持网络里的单位是哪一种。", "Of what kind an organisation of the support network is.")
    return .object([
      Member("id", .text(catalogue.taxonomy)),
      Member("name", .text(Phrase("单位的种类", "Kinds of organisations")[language])),
      Member("description", .text(description[language])),
    ])
  }

  func term(_ kind: Organisation.Kind) -> HSDSValue {
    .object([
      Member("id", .text(catalogue.term(kind))), Member("code", .text(kind.rawValue)),
      Member("name", .text(kind.name[language])), Member("description", .text(kind.name[language])),
      Member("taxonomy_id", .text(catalogue.taxonomy)),
    ])
  }
}
