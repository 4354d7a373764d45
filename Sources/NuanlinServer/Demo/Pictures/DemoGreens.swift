/// Leaf vegetables, as they lie on the stall in the morning.
extension DemoSketch {
  mutating func bokChoy() {
    shadow()
    for (x, turn, scale) in [(134.0, -16.0, 0.95), (268, 15, 0.95), (200, -1, 1.12)] {
      place(x, 238, turn: turn, scale: scale) { $0.bokChoyPlant() }
    }
  }

  private mutating func bokChoyPlant() {
    leaf(-10, -62, -122, 72, 50, tint.shade, vein: tint.light)
    leaf(10, -62, -58, 72, 50, tint.shade, vein: tint.light)
    leaf(0, -64, -90, 86, 60, tint.base, vein: tint.light)
    blob([-6, 2, -34, -18, -36, -58, -24, -76, -6, -44], tint.light)
    blob([6, 2, 34, -18, 36, -58, 24, -76, 6, -44], tint.light)
    blob([-13, 4, -20, -30, -11, -76, 11, -76, 20, -30, 13, 4], "#fbfbf0")
    stroke([0, -6, 1, -34, 0, -60], tint.base, width: 2)
  }

  mutating func seedlings() {
    shadow(200, 240, 120, 16)
    for step in 0..<9 {
      let lean = Double(step) * 16 - 64 + random.number(-5, 5)
      place(200 + lean * 0.9, 236, turn: lean * 0.62, scale: random.number(0.85, 1.1)) { s in
        s.pipe([0, 0, 2, -40, 0, -70], s.tint.light, width: 5)
        s.leaf(0, -64, -128, 42, 28, s.tint.shade)
        s.leaf(0, -64, -48, 42, 28, s.tint.base)
      }
    }
  }

  /// A tied bundle of stalks; `head` draws what grows at the tip of each, pointing up from the origin.
  private mutating func bundle(
    count: Int, spread: Double, stalk: Double, height: Double, foot: String?,
    _ head: (inout DemoSketch) -> Void
  ) {
    shadow(200, 252, 78, 11)
    place(200, 190, scale: 1.32) { bunch in
      for step in 0..<count {
        let order = step % 2 == 0 ? step / 2 : count - 1 - step / 2
        let lean = (Double(order) / Double(count - 1) - 0.5) * 2 * spread
        bunch.place(0, 0, turn: lean) { s in
          s.pipe([lean * 0.2, 46, 0, 0, 0, -height], s.tint.light, width: stalk)
          if let foot { s.oval(lean * 0.2, 46, stalk * 0.7, 6, foot) }
          s.place(0, -height) { head(&$0) }
        }
      }
      bunch.panel([-24, 0, 26, -2, 28, 14, -25, 16], "#d9b877")
      bunch.stroke([26, 4, 46, -6, 40, 12], "#b08a4a", width: 4)
    }
  }

  mutating func spinach() {
    bundle(count: 7, spread: 46, stalk: 5, height: 34, foot: tint.accent) { s in
      s.blob([0, 8, -26, 2, -20, -24, 0, -66, 20, -24, 26, 2], s.tint.base)
      s.stroke([0, 6, 1, -22, 0, -48], s.tint.shade, width: 2.4)
    }
  }

  mutating func amaranth() {
    bundle(count: 7, spread: 48, stalk: 5, height: 40, foot: nil) { s in
      s.leaf(0, 6, -90, 66, 46, s.tint.accent)
      s.blob([0, 2, -12, -18, 0, -52, 12, -18], s.tint.base, ink: false)
    }
  }

  mutating func frillyGreens() {
    bundle(count: 5, spread: 46, stalk: 6, height: 20, foot: nil) { s in
      s.stroke([0, 8, 0, -66], s.tint.shade, width: 4)
      for step in 0..<2 {
        let y = Double(step) * -28
        s.leaf(0, y, -146 + Double(step) * 14, 34, 26, s.tint.base)
        s.leaf(0, y, -34 - Double(step) * 14, 34, 26, s.tint.base)
      }
      s.oval(0, -62, 14, 17, s.tint.base)
    }
  }

  mutating func celery() {
    bundle(count: 7, spread: 34, stalk: 10, height: 58, foot: nil) { s in
      s.leaf(0, 0, -140, 32, 24, s.tint.base)
      s.leaf(0, 0, -40, 32, 24, s.tint.shade)
      s.leaf(0, -4, -90, 40, 30, s.tint.base, vein: s.tint.light)
    }
  }

  mutating func scallions() {
    shadow(200, 240, 140, 13)
    for step in 0..<8 {
      let y = 214 - Double(step % 4) * 14 - Double(step / 4) * 6
      let bend = random.number(-26, 10) - Double(step) * 7
      pipe([92, y, 160, y - 6, 236, y - 14 + bend * 0.3, 322, y - 30 + bend], tint.base, width: 8)
      pipe([66, y + 3, 92, y, 122, y - 3], tint.light, width: 9)
      stroke([66, y + 3, 48, y - 4 + random.number(-4, 10)], "#b79a6b", width: 1.8)
      stroke([66, y + 3, 50, y + 12], "#b79a6b", width: 1.8)
    }
    panel([168, 160, 186, 158, 188, 222, 170, 226], "#d9b877")
  }

  mutating func coriander() {
    bundle(count: 6, spread: 46, stalk: 3, height: 46, foot: nil) { s in
      for turn in [-160.0, -20, -125, -55, -90] {
        s.place(0, 0, turn: turn + 90) { $0.oval(0, -20, 12, 14, turn < -80 ? $0.tint.base : $0.tint.shade) }
      }
    }
  }

  mutating func lettuce() {
    shadow(200, 238, 118, 17)
    for step in 0..<9 {
      let turn = Double(step) * 22.5 - 90
      place(200, 214, turn: turn) { s in
        s.blob(
          [
            0, 0, -34, -52, -46, -84, -30, -92, -24, -104, -8, -98, 2, -110, 12, -98, 26, -102, 32, -90, 46,
            -82,
            34, -50,
          ], step % 2 == 0 ? s.tint.base : s.tint.shade)
      }
    }
    for turn in [-38.0, 36, 0] {
      place(200, 222, turn: turn) { s in
        s.blob([0, 0, -26, -34, -32, -62, -14, -70, 0, -78, 15, -70, 33, -62, 26, -34], s.tint.light)
        s.stroke([0, -6, 0, -54], s.tint.base, width: 2.5)
      }
    }
  }

  mutating func napaCabbage() {
    shadow(206, 240, 92, 15)
    place(200, 236, turn: 6) { s in
      s.blob([0, 2, -62, -14, -72, -78, -56, -128, -24, -112, 0, -40], s.tint.base)
      s.blob([0, 2, 62, -14, 72, -78, 56, -128, 24, -112, 0, -40], s.tint.shade)
      s.blob(
        [
          0, 2, -44, -16, -54, -92, -46, -142, -28, -150, -16, -164, 0, -156, 16, -164, 28, -150, 46, -142,
          54, -92,
          44, -16,
        ], s.tint.base)
      s.blob([0, 4, -34, -12, -34, -70, -12, -120, 0, -132, 12, -120, 34, -70, 34, -12], s.tint.light)
      for x in [-16.0, 0, 16] { s.stroke([x * 0.7, -8, x, -60, x * 0.5, -108], s.tint.shade, width: 2) }
      s.stroke([-30, -116, -44, -128], s.tint.light, width: 2)
      s.stroke([30, -116, 42, -130], s.tint.light, width: 2)
    }
  }

  mutating func cabbage() {
    shadow(200, 236, 112, 17)
    blob(
      [94, 176, 84, 120, 130, 78, 200, 66, 276, 84, 312, 130, 300, 190, 248, 228, 200, 236, 142, 226],
      tint.shade)
    blob([116, 182, 100, 128, 142, 88, 206, 78, 262, 96, 288, 140, 276, 192, 226, 226, 156, 220], tint.base)
    blob([200, 232, 128, 204, 118, 140, 164, 112, 214, 150], tint.light)
    blob([204, 232, 276, 196, 284, 136, 238, 104, 196, 146], tint.base)
    stroke([204, 226, 232, 180, 240, 118], tint.light, width: 4)
    stroke([232, 180, 262, 160], tint.light, width: 2.5)
    stroke([236, 150, 218, 132], tint.light, width: 2.5)
    stroke([196, 226, 164, 184, 156, 128], tint.shade, width: 3)
    stroke([168, 186, 138, 168], tint.shade, width: 2)
    stroke([160, 156, 180, 142], tint.shade, width: 2)
  }

  mutating func tatsoi() {
    shadow(200, 226, 128, 24)
    for ring in 0..<3 {
      let count = [10, 6, 3][ring]
      for step in 0..<count {
        let turn = Double(step) * 360 / Double(count) + Double(ring) * 17
        place(200, 150 + Double(ring) * 2, turn: turn, scale: 1 - Double(ring) * 0.27) { s in
          s.pipe([0, 0, 0, -56], s.tint.light, width: 5)
          s.oval(0, -82, 27, 30, ring == 1 ? s.tint.base : s.tint.shade)
        }
      }
    }
  }

  mutating func cauliflower() {
    shadow(200, 238, 108, 15)
    for turn in [-72.0, 72, -44, 44] {
      place(200, 226, turn: turn) { $0.leaf(0, 0, -90, 122, 62, "#8fb560", vein: "#dfe9bd") }
    }
    for (x, y, r) in [
      (152.0, 152.0, 34.0), (248, 152, 34), (176, 116, 32), (224, 116, 32), (200, 158, 42), (164, 190, 28),
      (236, 190, 28),
    ] {
      oval(x, y, r, r * 0.92, tint.base)
      dots(x, y, r * 0.62, r * 0.55, count: 7, radius: 2.6, tint.shade)
    }
  }

  mutating func broccoli() {
    shadow(200, 240, 76, 13)
    panel([176, 166, 226, 166, 222, 238, 180, 239], tint.light)
    stroke([190, 176, 150, 160], tint.light, width: 14)
    for (x, y, r) in [
      (132.0, 140.0, 36.0), (268, 140, 36), (164, 96, 36), (236, 96, 36), (200, 82, 34), (200, 136, 44),
      (164, 162, 26), (238, 162, 26),
    ] {
      oval(x, y, r, r * 0.9, tint.base)
      dots(x, y, r * 0.7, r * 0.6, count: 8, radius: 3, tint.shade)
    }
  }
}
