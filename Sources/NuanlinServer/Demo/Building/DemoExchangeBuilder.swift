/// What neighbours, merchants and organisations of the demo offer each other, and what came of it.
struct DemoExchangeBuilder: Sendable {
  let stage: DemoStage
  let town: DemoTownIDs

  func build() async throws {}
}
