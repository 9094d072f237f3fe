// Where in a picture a code may be: codes are the densest edges there are.
#include <algorithm>
#include <cstdlib>

#include "peripherals/code_scanner/filters.h"

namespace yizhan::code_scanner {

namespace {

constexpr int k_block = 16;  // pixels a side
constexpr int k_border = 2 * k_block;

std::size_t index(int value) { return static_cast<std::size_t>(value); }

struct Blocks {
  int columns = 0;
  int rows = 0;
  std::vector<int> edges;
};

/// Edges of the picture at half its size: noise of single pixels counts less there.
Blocks edges_of(GreyImage const& image) {
  Blocks blocks{image.width / k_block, image.height / k_block, {}};
  blocks.edges.assign(index(blocks.columns) * index(blocks.rows), 0);
  GreyImage half;
  halve(image, half);
  constexpr int k_half_block = k_block / 2;
  for (int y = 0; y < blocks.rows * k_half_block; ++y) {
    auto const* upper = half.pixels.data() + index(y) * index(half.width);
    auto const* lower = y + 1 < half.height ? upper + half.width : upper;
    auto* counts = blocks.edges.data() + index(y / k_half_block) * index(blocks.columns);
    for (int block = 0; block < blocks.columns; ++block) {
      int sum = 0;
      for (int x = block * k_half_block; x < (block + 1) * k_half_block - 1; ++x) {
        sum += std::abs(upper[x] - upper[x + 1]) + std::abs(upper[x] - lower[x]);
      }
      counts[block] += sum;
    }
  }
  return blocks;
}

/// Half of what the densest blocks have, a small code's few among them.
int enough_edges(Blocks const& blocks) {
  auto sorted = blocks.edges;
  auto const dense = sorted.end() - static_cast<std::ptrdiff_t>(sorted.size() / 200 + 1);
  std::nth_element(sorted.begin(), dense, sorted.end());
  return std::max(1, *dense * 2 / 5);
}

struct Component {
  std::int64_t edges = 0;
  Region region;
};

/// All dense blocks that hang together with `start`; a gap of one block connects too. Takes them out of `dense`.
Component component_at(int start, Blocks const& blocks, std::vector<bool>& dense) {
  std::int64_t edges = 0;
  int left = blocks.columns, right = 0, upper = blocks.rows, lower = 0;
  std::vector<int> pending{start};
  dense[index(start)] = false;
  while (!pending.empty()) {
    int const here = pending.back(), x = here % blocks.columns, y = here / blocks.columns;
    pending.pop_back();
    edges += blocks.edges[index(here)];
    left = std::min(left, x), right = std::max(right, x), upper = std::min(upper, y), lower = std::max(lower, y);
    for (int ny = std::max(0, y - 2); ny <= std::min(blocks.rows - 1, y + 2); ++ny) {
      for (int nx = std::max(0, x - 2); nx <= std::min(blocks.columns - 1, x + 2); ++nx) {
        int const next = ny * blocks.columns + nx;
        if (!dense[index(next)]) continue;
        dense[index(next)] = false;
        pending.push_back(next);
      }
    }
  }
  return {edges,
          {left * k_block - k_border, upper * k_block - k_border, (right - left + 1) * k_block + 2 * k_border,
           (lower - upper + 1) * k_block + 2 * k_border}};
}

}  // namespace

std::vector<Region> busy_regions(GreyImage const& image) {
  constexpr int k_fewest_blocks = 8;
  if (image.width < k_fewest_blocks * k_block || image.height < k_fewest_blocks * k_block) return {};
  auto const blocks = edges_of(image);
  int const enough = enough_edges(blocks);
  std::vector<bool> dense;
  dense.reserve(blocks.edges.size());
  for (auto const edges : blocks.edges) dense.push_back(edges >= enough);

  std::vector<Component> components;
  for (int start = 0; start < blocks.columns * blocks.rows; ++start) {
    if (dense[index(start)]) components.push_back(component_at(start, blocks, dense));
  }
  std::sort(components.begin(), components.end(),
            [](Component const& a, Component const& b) { return a.edges > b.edges; });
  std::vector<Region> regions;
  for (auto const& component : components) {
    auto const region = clipped(component.region, image);
    // Most of the picture is no part of it.
    if (std::int64_t{region.width} * region.height * 4 > std::int64_t{image.width} * image.height * 3) continue;
    regions.push_back(region);
    if (regions.size() == k_most_busy_regions) break;
  }
  return regions;
}

}  // namespace yizhan::code_scanner
