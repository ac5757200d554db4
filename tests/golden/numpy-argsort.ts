/** Ranges up to this length are sorted by insertion. */
const SMALL = 16;

/**
 * The order in which numpy 1.24 sorts: quicksort by median of three, insertion sort for short ranges. It is not
 * stable, and Hyperopt's weights of equal observations follow from it.
 *
 * @source numpy/core/src/npysort/quicksort.cpp, aquicksort_ (its fallback to heapsort is left out)
 */
export function numpyArgsort(values: readonly number[]): number[] {
  const order = values.map((_, index) => index);
  const at = (place: number) => values[order[place]!]!;
  const swap = (a: number, b: number) => {
    [order[a], order[b]] = [order[b]!, order[a]!];
  };
  const waiting: [number, number][] = [[0, values.length - 1]];
  for (let range = waiting.pop(); range; range = waiting.pop()) {
    let [left, right] = range;
    while (right - left > SMALL) {
      const middle = left + ((right - left) >> 1);
      if (at(middle) < at(left)) swap(middle, left);
      if (at(right) < at(middle)) swap(right, middle);
      if (at(middle) < at(left)) swap(middle, left);
      const pivot = at(middle);
      let i = left;
      let j = right - 1;
      swap(middle, j);
      for (;;) {
        do i++;
        while (at(i) < pivot);
        do j--;
        while (pivot < at(j));
        if (i >= j) break;
        swap(i, j);
      }
      swap(i, right - 1);
      if (i - left < right - i) {
        waiting.push([i + 1, right]);
        right = i - 1;
      } else {
        waiting.push([left, i - 1]);
        left = i + 1;
      }
    }
    insertionSort(order, values, left, right);
  }
  return order;
}

function insertionSort(order: number[], values: readonly number[], left: number, right: number): void {
  for (let place = left + 1; place <= right; place++) {
    const index = order[place]!;
    let j = place;
    while (j > left && values[index]! < values[order[j - 1]!]!) {
      order[j] = order[j - 1]!;
      j--;
    }
    order[j] = index;
  }
}
