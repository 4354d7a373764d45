import Activities
import Interop
import Kernel
import Resources
import Shop

extension AlertPorts {
  /// What the clean market asks of the Shop and of quizzes, with a recorder of voices where FFmpeg is installed.
  static func joined(voices: VoiceReencoder?) -> AlertPorts {
    AlertPorts(
      listings: .shop(), quizzes: .activities(), losses: .shop(), voices: voices.map { .ffmpeg($0) })
  }
}

extension ListingWatch {
  /// What is on sale in the Shop, and what of it is held back.
  static func shop() -> ListingWatch {
    let watcher = ListingWatcher()
    return ListingWatch(
      search: { traces, community, snapshot in
        try watcher.search(ListingWatcher.Wanted(traces), in: community, snapshot).map(ListingHit.init)
      },
      names: { products, community, snapshot in
        let found = try snapshot.products(
          products.map { ProductID(rawValue: $0) }, in: community, includesArchived: true)
        return Dictionary(found.map { ($0.product.id.rawValue, $0.product.name) }) { first, _ in first }
      },
      hold: { hold, transaction in
        try ListingHoldStore.hold(
          ProductID(rawValue: hold.product), of: hold.merchant, for: hold.source,
          by: hold.by, until: hold.lapsesAt, in: transaction)
      },
      confirm: { try ListingHoldStore.confirm(source: $0, in: $1) },
      release: { try ListingHoldStore.release(source: $0, in: $1) })
  }
}

extension ListingWatcher.Wanted {
  fileprivate init(_ traces: ListingTraces) {
    self.init(words: traces.words, phones: traces.phones, links: traces.links, accounts: traces.accounts)
  }
}

extension ListingHit {
  fileprivate init(_ hit: ListingWatcher.Hit) {
    self.init(
      product: hit.product?.rawValue, merchant: hit.merchant, title: hit.title, path: hit.path, why: hit.why)
  }
}

extension QuizLinks {
  /// As the topics of the question bank are called.
  private static let topics = ["防骗", "诈骗", "反诈"]

  /// Prize quizzes about scams that can be answered now.
  static func activities() -> QuizLinks {
    QuizLinks { community, snapshot in
      try OpenQuizStore.cards(about: topics, limit: 5, in: community, snapshot).map {
        Link(title: $0.title, path: $0.path)
      }
    }
  }
}

extension PickupLossFigures {
  private static let limit = 5

  /// Bags that went astray at the Shop's pickup points.
  static func shop() -> PickupLossFigures {
    PickupLossFigures(
      path: PickupPatternFigures.path, readers: PickupPatternFigures.readers
    ) { community, offsetSeconds, snapshot in
      let found = try PickupPatternFigures.read(
        limit: limit, offsetSeconds: offsetSeconds, in: community, snapshot)
      return Figures(
        hours: found.hours.map { Hour(place: $0.place, hour: $0.hour, share: Share($0.rate)) },
        fixes: found.fixes.map {
          Fix(
            place: $0.place, name: $0.name, beganAt: $0.beganAt, before: $0.before.map(Share.init),
            since: $0.since.map(Share.init))
        })
    }
  }
}

extension PickupLossFigures.Share {
  fileprivate init(_ rate: AstrayRate) {
    self.init(astray: rate.astray, handedOver: rate.handedOver)
  }
}

extension VoiceNotes {
  /// Fresh recordings by FFmpeg.
  static func ffmpeg(_ reencoder: VoiceReencoder) -> VoiceNotes {
    VoiceNotes { bytes in
      let recording = try await reencoder.reencode(bytes)
      return Recording(bytes: recording.bytes, seconds: recording.seconds)
    }
  }
}
