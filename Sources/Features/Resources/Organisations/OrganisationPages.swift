import Kernel
import People
import Web

/// What residents see of the support network.
struct OrganisationPages {
  let say: Wording

  private var parts: OrganisationParts { OrganisationParts(say: say) }

  // MARK: - The network

  /// Those of one role, the first of them.
  struct Group: Sendable {
    let kind: Organisation.Kind
    let shown: [Organisation]
    let hasMore: Bool
  }

  /// All of the network by what they are to the neighbourhood, each with how it kept its word.
  func network(_ groups: [Group], _ records: [OrganisationID: PromiseRecord]) -> Page {
    let title = say("社区里的单位", "Organisations here")
    let sections = groups.filter { !$0.shown.isEmpty }.map { group -> HTML in
      let more: HTML =
        group.hasMore
        ? "<p><a class=\"button quiet\" href=\"/organisations?kind=\(group.kind.rawValue)\">\(say("全部\(group.kind.name.chinese)", "All of these"))</a></p>"
        : .empty
      return """
        <section><h2>\(say(group.kind.name))</h2><ul class="plain">\(group.shown.map { item($0, records[$0.id]) })</ul>\
        \(more)</section>
        """
    }
    let rest: HTML =
      sections.isEmpty
      ? PageParts.empty(say("这里还没有单位，过些日子再来看看。", "There are none here yet."))
      : .joined(sections)
    let lead = say(
      "能帮上社区的单位，答应过什么，做到了没有，都写在这里。",
      "Who stands by the neighbourhood, what they promised and whether they kept it.")
    return Page(title: title, main: "<h1>\(title)</h1><p class=\"lead\">\(lead)</p>\(rest)")
  }

  private func item(_ organisation: Organisation, _ record: PromiseRecord?) -> HTML {
    """
    <li><p><a href="\(Organisation.path(organisation.id))">\(say(organisation.terms.name))</a></p>\
    <p>\(PageParts.lines(say(organisation.terms.description)))</p>\(kept(record))</li>
    """
  }

  private func kept(_ record: PromiseRecord?) -> HTML {
    guard let record, record.promises > 0 else { return .empty }
    let words = say(record.standing.phrase)
    let promised = say("答应了 \(record.promises) 件事", "Promises made: \(record.promises)")
    return "<p>\(promised) \(parts.state(record.standing)) \(words)</p>"
  }

  /// Those of one role, a page at a time.
  func list(
    _ organisations: [Organisation], _ records: [OrganisationID: PromiseRecord], kind: Organisation.Kind,
    next: String?
  ) -> Page {
    let title = say(kind.name)
    let rest: HTML =
      organisations.isEmpty
      ? PageParts.empty(say("这里还没有单位，过些日子再来看看。", "There are none here yet."))
      : "<ul class=\"plain\">\(organisations.map { item($0, records[$0.id]) })</ul>"
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(rest)\(PageParts.pager(say, previous: nil, next: next))\
        <p class="actions"><a class="button quiet" href="/organisations">\(say("所有单位", "All organisations"))</a></p>
        """)
  }

  // MARK: - One

  /// Everything that the page of one organisation shows.
  struct View: Sendable {
    let organisation: Organisation
    let promises: [SupportPromise]
    let standings: [PromiseID: PromiseStanding]
    let services: [DirectoryService]
    let places: [PlaceID: PlaceCard]
  }

  func organisation(_ view: View, at now: Timestamp) -> Page {
    let (organisation, terms) = (view.organisation, view.organisation.terms)
    let services = view.services.filter { $0.terms.status != .defunct }.map { service(view, $0) }
    let promised = promises(view, over: false, at: now) + promises(view, over: true, at: now)
    let done: HTML = services.isEmpty ? .empty : "<h2>\(say("能帮您做的", "What it does for you"))</h2>\(services)"
    let confirmed: HTML =
      organisation.confirmation.map {
        "<p>\(say("\(say.dateTime($0.at)) 核实过", "Confirmed \(say.dateTime($0.at))"))</p>"
      } ?? .empty
    return Page(
      title: say(terms.name),
      main: """
        <h1>\(say(terms.name))</h1><p>\(say(terms.kind.name))</p>\
        <p>\(PageParts.lines(say(terms.description)))</p>\(PageParts.definitions(parts.contacts(terms)))\
        \(done)\(promised)\(confirmed)\
        <p class="actions"><a class="button quiet" href="/organisations">\(say("看别的单位", "Other organisations"))</a></p>
        """)
  }

  /// What it promises now, or what it promised for a time that is over: both stay to be read.
  private func promises(_ view: View, over: Bool, at now: Timestamp) -> [HTML] {
    let promises = view.promises.filter { $0.isOver(at: now) == over }
    if promises.isEmpty { return [] }
    let title =
      over ? say("以前答应过的", "What it promised before") : say("答应给社区的", "What it promises")
    return ["<h2>\(title)</h2>"]
      + promises.map { parts.promise($0, view.standings[$0.id] ?? PromiseStanding(), at: now, .empty) }
  }

  private func service(_ view: View, _ service: DirectoryService) -> HTML {
    let places = service.terms.places.sorted().compactMap { view.places[$0] }.map { say($0.name) }
    return PageParts.card(
      say(service.terms.name),
      "<p>\(PageParts.lines(say(service.terms.description)))</p>\(PageParts.definitions(parts.facts(service.terms, places: places)))"
    )
  }
}
