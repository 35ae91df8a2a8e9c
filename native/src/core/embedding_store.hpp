#pragma once
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

namespace facet {

/** Encoder output of one view: tokens x width floats, row by row. */
using Embedding = std::shared_ptr<const std::vector<float>>;

/**
 * Views by content key, so that no view is encoded twice. Keeps the most recently used ones within a byte budget.
 * A key's number stays the same as long as the store lives, also after its data was dropped. Safe from any thread.
 */
class EmbeddingStore {
  public:
    explicit EmbeddingStore(size_t budget_bytes) : budget_(budget_bytes) {}

    /** A number from 1 that stands for this key in prompts. */
    uint32_t number(const std::string & key);
    /** The key of a number that was given out. */
    std::string key(uint32_t number) const;
    /** Marks it as used, so that what is found before a run is still there in it. */
    bool has(const std::string & key);
    void put(const std::string & key, std::vector<float> data);
    /** Null when it was never encoded or was dropped; marks it as used otherwise. */
    Embedding find(uint32_t number);
    /** Forgets the data: another projector makes other embeddings. Numbers stay used up. */
    void clear();

  private:
    struct Entry {
        Embedding data;
        std::list<std::string>::iterator use;
    };
    uint32_t number_locked(const std::string & key);

    mutable std::mutex mutex_;
    size_t budget_;
    size_t bytes_ = 0;
    std::vector<std::string> keys_;
    std::unordered_map<std::string, uint32_t> numbers_;
    std::unordered_map<std::string, Entry> entries_;
    /** Most recently used first. */
    std::list<std::string> uses_;
};

} // namespace facet
