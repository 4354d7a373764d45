import Kernel
import People
import Web

/// What residents see of the support network.
struct OrganisationPages {
  let say: Wording

  private var parts: OrganisationParts { OrganisationParts(say: say) }

  func list(_ organisations: [Organisation], kind: Organisation.Kind?, next: String?) -> Page {
    let title = say("社区里的单位", "Organisations here")
    let kinds = Organisation.Kind.allCases.map { kind -> HTML in
      "<a class=\"button quiet\" href=\"/organisations?kind=\(kind.rawValue)\">\(say(kind.name))</a>"
    }
    let cards = organisations.map { organisation in
      PageParts.card(
        say(organisation.terms.name), href: Organisation.path(organisation.id),
        "<p>\(say(organisation.terms.kind.name))</p><p>\(PageParts.lines(say(organisation.terms.description)))</p>"
      )
    }
    let rest: HTML =
      cards.isEmpty
      ? PageParts.empty(say("这里还没有单位，过些日子再来看看。", "There are none here yet."))
      : .joined(cards)
    let heading: HTML = kind.map { "<p>\(say($0.name))</p>" } ?? .empty
    return Page(
      title: title,
      main: """
        <h1>\(title)</h1>\(heading)\(rest)\(PageParts.pager(say, previous: nil, next: next))\
        <p class="actions">\(HTML.joined(kinds, separator: " "))</p>
        """)
  }

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
    let promises = view.promises.filter { !$0.isOver(at: now) }.map { promise in
      parts.promise(promise, view.standings[promise.id] ?? PromiseStanding(), .empty)
    }
    let services = view.services.filter { $0.terms.status != .defunct }.map { service(view, $0) }
    let promised: HTML =
      promises.isEmpty ? .empty : "<h2>\(say("答应给社区的", "What it promised"))</h2>\(promises)"
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

  private func service(_ view: View, _ service: DirectoryService) -> HTML {
    let places = service.terms.places.sorted().compactMap { view.places[$0] }.map { say($0.name) }
    return PageParts.card(
      say(service.terms.name),
      "<p>\(PageParts.lines(say(service.terms.description)))</p>\(PageParts.definitions(parts.facts(service.terms, places: places)))"
    )
  }
}
