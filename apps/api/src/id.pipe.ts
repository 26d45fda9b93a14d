import { Injectable, type PipeTransform } from '@nestjs/common';
import { Refused } from '@lib/kernel';

const LARGEST_ID = 2_147_483_647;

/** `:id` of a path. What cannot be an id names nothing: not found, as for an id that was never given. */
@Injectable()
export class IdPipe implements PipeTransform<string, number> {
  transform(value: string): number {
    const id = /^[1-9]\d{0,9}$/.test(value) ? Number(value) : Number.NaN;
    if (Number.isNaN(id) || id > LARGEST_ID) throw Refused.notFound('record');
    return id;
  }
}
