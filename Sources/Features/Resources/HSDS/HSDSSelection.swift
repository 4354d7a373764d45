import Kernel

/// What of the catalogue a filter leaves: everything asked has to hold.
extension HSDSCatalogue {
  func organisations(_ filter: HSDSFilter) -> [Organisation] {
    organisations.filter { organisation in
      Self.says([organisation.terms.name, organisation.terms.description], filter.search)
        && isMeant(organisation, filter) && isRecent(changed(organisation), filter)
    }
  }

  func services(_ filter: HSDSFilter) -> [DirectoryService] { services.filter { isMeant($0, filter) } }

  func joined(_ filter: HSDSFilter) -> [Joined] {
    // All places of a neighbourhood share one postal code.
    if let code = filter.postalCode, code != address?.address.postalCode { return [] }
    return joined.filter { isMeant($0.service, filter) }
  }

  func hasTaxonomy(_ filter: HSDSFilter) -> Bool { filter.taxonomy.map { $0 == taxonomy } ?? true }

  /// Every kind is at the top: none has one above it.
  func terms(_ filter: HSDSFilter) -> [Organisation.Kind] {
    guard hasTaxonomy(filter), filter.parent == nil else { return [] }
    return Organisation.Kind.allCases.filter { Self.says([$0.name], filter.search) }
  }

  func term(named name: String) -> Organisation.Kind? {
    Organisation.Kind.allCases.first { term($0) == name }
  }

  private func isMeant(_ service: DirectoryService, _ filter: HSDSFilter) -> Bool {
    guard let organisation = organisation(of: service) else { return false }
    return Self.says([service.terms.name, service.terms.description], filter.search)
      && isMeant(organisation, filter) && isRecent(changed(service), filter)
  }

  private func isMeant(_ organisation: Organisation, _ filter: HSDSFilter) -> Bool {
    if let wanted = filter.organization, wanted != name(organisation.id) { return false }
    if let wanted = filter.term, wanted != term(organisation.terms.kind) { return false }
    return hasTaxonomy(filter)
  }

  /// HSDS asks for what was modified on or after the moment.
  private func isRecent(_ changed: Timestamp, _ filter: HSDSFilter) -> Bool {
    filter.modifiedAfter.map { changed >= $0 } ?? true
  }

  /// Whether one of the texts has the words in it, in either language.
  static func says(_ texts: [Phrase], _ words: String) -> Bool {
    if words.isEmpty { return true }
    let wanted = words.lowercased()
    return texts.contains { text in
      text.chinese.lowercased().contains(wanted) || text.english.lowercased().contains(wanted)
    }
  }
}
