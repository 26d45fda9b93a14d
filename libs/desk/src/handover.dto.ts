import { IsOptional } from 'class-validator';
import { IsText } from '@lib/platform';

export class HandoverQuery {
  /** User name of who gives the work away; the caller himself when left out. Others need the keeper of their accounts. */
  @IsOptional() @IsText(1, 100) from?: string | null;
  /** User name of who takes it over. */
  @IsText(1, 100) to: string;
}

export class HandoverInput extends HandoverQuery {
  @IsText(1, 500) reason: string;
}
