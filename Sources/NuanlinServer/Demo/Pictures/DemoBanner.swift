extension DemoPictures {
  /// The neighbourhood as a wide drawing, 1200 by 400: houses, osmanthus trees, neighbours at the pickup table and
  /// an elder on her way home with a basket.
  package static let banner: String = {
    var sketch = DemoSketch(seed: "osmanthus-lane", tint: .gold)
    sketch.bannerGround()
    sketch.bannerHouses()
    sketch.bannerTrees()
    sketch.bannerPickup()
    sketch.bannerElder()
    return document(width: 1200, height: 400, sketch.elements)
  }()

  /// The mark of Nuanlin, 128 by 128: two roofs leaning together over one lit door.
  ///
  /// The roofs are the lobes of a heart. Drawn with a steady hand, since it must still be read at 16 pixels.
  package static let mark = """
    <svg xmlns="http://www.w3.org/2000/svg" width="128" height="128" viewBox="0 0 128 128" role="img">
    <g stroke="\(DemoSketch.line)" stroke-width="4" stroke-linecap="round" stroke-linejoin="round">
    <path d="M64 50 40 24 12 54v12l52 52z" fill="#d9654a"/>
    <path d="M64 50 88 24l28 30v12l-52 52z" fill="#ee9a4f"/>
    <path d="M48 98V76a16 16 0 0 1 32 0v22L64 114z" fill="#ffe9a8"/>
    <path d="M12 54 40 24l24 26 24-26 28 30" fill="none" stroke-width="7"/>
    </g>
    </svg>

    """
}

extension DemoSketch {
  fileprivate mutating func bannerGround() {
    panel([-5, -5, 1205, -5, 1205, 405, -5, 405], "#fbf3e2", ink: false)
    oval(930, 92, 62, 60, "#f6dd9e", ink: false)
    for (x, y, scale) in [(180.0, 60.0, 1.0), (620, 46, 0.8), (1090, 70, 0.9)] {
      place(x, y, scale: scale) {
        $0.blob(
          [-62, 12, -40, -8, -12, -20, 18, -8, 44, -14, 66, 10, 20, 16, -30, 17], "#fffaf0", ink: false)
      }
    }
    blob(
      [-20, 292, 180, 276, 420, 288, 700, 274, 960, 288, 1220, 274, 1220, 420, -20, 420], "#e6d9b4",
      ink: false)
    blob([-20, 348, 240, 336, 600, 350, 940, 336, 1220, 346, 1220, 420, -20, 420], "#efe5c8", ink: false)
  }

  /// A block of flats: left edge, ground line, storeys and windows across.
  private mutating func house(
    _ x: Double, ground: Double, floors: Int, across: Int, wall: String, roof: String, pitched: Bool
  ) {
    let width = Double(across) * 30 + 20
    let height = Double(floors) * 31 + 22
    box(x, ground - height, width, height, wall)
    if pitched {
      panel(
        [
          x - 10, ground - height + 2, x + width * 0.2, ground - height - 26, x + width * 0.8,
          ground - height - 26, x + width + 10, ground - height + 2,
        ], roof)
    } else {
      box(x - 5, ground - height - 9, width + 10, 11, roof)
    }
    for floor in 0..<floors {
      for window in 0..<across {
        let left = x + 15 + Double(window) * 30
        let top = ground - height + 13 + Double(floor) * 31
        let lit = random.chance(perMille: 380)
        box(left, top, 18, 18, lit ? "#f9dc8f" : "#dbe6e2")
        if random.chance(perMille: 200) {
          stroke([left - 3, top + 22, left + 21, top + 22], "#8a6244", width: 2.5)
          dots(
            left + 9, top + 19, 9, 2, count: 4, radius: 2.6,
            random.chance(perMille: 500) ? "#d9563f" : "#7dab57")
        }
      }
    }
  }

  fileprivate mutating func bannerHouses() {
    house(36, ground: 296, floors: 6, across: 4, wall: "#efd5b9", roof: "#b5614a", pitched: true)
    house(196, ground: 292, floors: 5, across: 5, wall: "#f3e3c3", roof: "#c9744f", pitched: true)
    house(388, ground: 294, floors: 7, across: 3, wall: "#e2d3cc", roof: "#8f6f63", pitched: false)
    house(820, ground: 294, floors: 5, across: 4, wall: "#f2dcc4", roof: "#b5614a", pitched: true)
    house(980, ground: 292, floors: 7, across: 4, wall: "#dcdfd3", roof: "#87917d", pitched: false)
    house(1130, ground: 296, floors: 5, across: 3, wall: "#efd5b9", roof: "#c9744f", pitched: true)
  }

  /// An osmanthus tree in flower, standing at (x, y).
  private mutating func osmanthus(_ x: Double, _ y: Double, _ scale: Double) {
    place(x, y, scale: scale) { s in
      s.blob([-8, 4, -6, -40, -10, -84, 10, -84, 7, -40, 10, 4], "#8a6244")
      s.stroke([0, -60, -26, -92], "#8a6244", width: 6)
      s.stroke([2, -66, 28, -98], "#8a6244", width: 6)
      for (x, y, r) in [(-44.0, -112.0, 36.0), (44, -112, 36), (0, -98, 34), (-28, -148, 38), (30, -148, 38)]
      {
        s.oval(x, y, r, r * 0.94, "#6f9a5b")
      }
      s.oval(0, -124, 52, 42, "#6f9a5b", ink: false)
      s.oval(-26, -146, 30, 26, "#8db673", ink: false)
      s.dots(0, -124, 62, 46, count: 40, radius: 3.4, "#f0b73f")
      s.dots(0, -124, 66, 50, count: 16, radius: 2.4, "#fbe1a0")
      s.dots(0, 4, 62, 7, count: 14, radius: 2.2, "#f0b73f")
    }
  }

  fileprivate mutating func bannerTrees() {
    osmanthus(558, 316, 1.02)
    osmanthus(1100, 336, 1.12)
    osmanthus(150, 338, 1.0)
    osmanthus(18, 350, 0.86)
  }

  /// A neighbour standing at (x, y): coat, hair, and where the near arm reaches.
  private mutating func neighbour(
    _ x: Double, _ y: Double, _ scale: Double, coat: String, trousers: String, hair: String,
    reach: (x: Double, y: Double), bun: Bool = false
  ) {
    place(x, y, scale: scale) { s in
      s.pipe([-9, -2, -10, -44], trousers, width: 11)
      s.pipe([10, -2, 9, -44], trousers, width: 11)
      s.oval(-13, 0, 11, 5, "#6b4b3a")
      s.oval(13, 0, 11, 5, "#6b4b3a")
      s.blob([-24, -38, -25, -72, -16, -104, 0, -110, 16, -104, 25, -72, 24, -38, 0, -33], coat)
      s.pipe([12, -92, (12 + reach.x) / 2, (reach.y - 92) / 2 + 10, reach.x, reach.y], coat, width: 10)
      s.oval(reach.x, reach.y, 6, 6, "#f3cba5")
      s.oval(0, -128, 20, 21, "#f6d3b0")
      s.blob([-21, -124, -22, -146, -4, -156, 18, -148, 22, -126, 12, -138, -8, -139], hair)
      if bun { s.oval(-18, -150, 10, 9, hair) }
      s.dots(9, -127, 0, 0, count: 1, radius: 1.9, "#40352a")
      s.dots(-5, -127, 0, 0, count: 1, radius: 1.9, "#40352a")
      s.stroke([-3, -118, 3, -115, 9, -118], "#b5614a", width: 2)
      s.dots(14, -120, 1, 1, count: 1, radius: 3.4, "#eeae8e")
    }
  }

  fileprivate mutating func bannerPickup() {
    for (x, fill) in [
      (612.0, "#d9563f"), (652, "#fbf3e2"), (692, "#d9563f"), (732, "#fbf3e2"), (772, "#d9563f"),
    ] {
      panel([x, 150, x + 40, 150, x + 46, 184, x + 2, 184], fill)
    }
    pipe([622, 186, 622, 352], "#b08a4a", width: 5)
    pipe([806, 186, 806, 352], "#b08a4a", width: 5)
    neighbour(
      672, 336, 0.92, coat: "#7d9f6e", trousers: "#6c6a66", hair: "#4a3a33", reach: (34, -62), bun: true)
    neighbour(764, 336, 0.92, coat: "#86a9c0", trousers: "#6b5a52", hair: "#3d332e", reach: (-24, -62))
    panel([628, 284, 812, 284, 818, 302, 622, 302], "#d9b877")
    panel([634, 302, 806, 302, 802, 356, 638, 356], "#efd9ac")
    stroke([646, 318, 720, 322, 796, 318], "#d9b877", width: 3)
    for (x, fill, leafy) in [(640.0, "#c99a63", true), (700, "#e7cd98", false), (758, "#c99a63", true)] {
      if leafy {
        leaf(x + 12, 262, -118, 30, 15, "#7dab57")
        leaf(x + 22, 262, -70, 32, 16, "#5a8a42")
      } else {
        for step in 0..<3 { oval(x + 8 + Double(step) * 13, 258, 9, 9, "#ee9337") }
      }
      box(x, 262, 40, 24, fill)
    }
    neighbour(576, 362, 1.0, coat: "#d98a6a", trousers: "#5f6f7d", hair: "#4a3a33", reach: (44, -74))
    neighbour(
      868, 366, 1.0, coat: "#b6a0cb", trousers: "#6c6a66", hair: "#54433a", reach: (-40, -70), bun: true)
    neighbour(912, 372, 0.62, coat: "#ecb94a", trousers: "#7b8f9c", hair: "#3d332e", reach: (-26, -84))
  }

  fileprivate mutating func bannerElder() {
    neighbour(
      330, 374, 1.02, coat: "#97455c", trousers: "#6c6a66", hair: "#d8d3c8", reach: (40, -54), bun: true)
    pipe([304, 298, 292, 374], "#8a6244", width: 4)
    place(376, 334) { s in
      s.stroke([-24, -2, -16, -32, 0, -38, 16, -32, 24, -2], "#8a6244", width: 4)
      s.leaf(-12, 0, -112, 40, 18, "#7dab57", vein: "#d5e3bd")
      s.leaf(0, 0, -82, 44, 18, "#5a8a42", vein: "#d5e3bd")
      s.oval(14, -4, 11, 10, "#d9563f")
      s.blob([-32, -4, 32, -4, 25, 26, 0, 30, -25, 26], "#d9b877")
      s.stroke([-28, 8, 0, 11, 28, 8], "#b08a4a", width: 2.5)
      s.stroke([-25, 18, 0, 21, 25, 18], "#b08a4a", width: 2.5)
    }
    neighbour(436, 378, 0.98, coat: "#6f97b7", trousers: "#7a6a58", hair: "#3d332e", reach: (-26, -66))
    place(1010, 372) { s in
      s.blob([-36, 0, -30, -24, -6, -30, 20, -26, 30, -8, 26, 0], "#e8b27a")
      s.oval(34, -26, 15, 13, "#e8b27a")
      s.panel([24, -36, 27, -50, 34, -38], "#e8b27a")
      s.panel([37, -38, 45, -49, 46, -34], "#e8b27a")
      s.dots(38, -26, 0, 0, count: 1, radius: 1.8, "#40352a")
      s.pipe([-34, -8, -52, -20, -48, -38], "#e8b27a", width: 7)
    }
  }
}
